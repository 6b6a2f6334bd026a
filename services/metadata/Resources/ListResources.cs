using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Fields;
using Platform.Metadata.Schemas;

namespace Platform.Metadata.Resources;

internal static class ListResources
{
    public static async Task<Result<V1.ListResourcesResponse>> Handle(string language, MetadataDbContext db, CancellationToken cancellationToken)
    {
        var version = await db.VersionAsync(cancellationToken);
        var response = new V1.ListResourcesResponse();
        foreach (var resource in FieldRules.Resources)
        {
            var descriptor = new Description(resource, db.Caller, language).Head();
            descriptor.SchemaVersion = version;
            response.Resources.Add(descriptor);
        }

        var objects = await db.Objects.AsNoTracking().Where(row => row.DeleteTime == null).OrderBy(row => row.Key).ToListAsync(cancellationToken);
        foreach (var defined in objects.Select(row => row.ToMessage()))
        {
            var descriptor = new Description(ResourceCatalogue.Find(defined.Resource)!, db.Caller, language, defined).Head();
            descriptor.SchemaVersion = version;
            response.Resources.Add(descriptor);
        }

        return response;
    }
}
