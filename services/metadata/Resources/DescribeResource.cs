using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Fields;
using Platform.Metadata.Objects;
using Platform.Metadata.Schemas;

namespace Platform.Metadata.Resources;

internal static class DescribeResource
{
    public static async Task<Result<V1.ResourceDescriptor>> Handle(string name, string language, MetadataDbContext db, CancellationToken cancellationToken)
    {
        if (ResourceCatalogue.Find(name) is not { HasCustomFields: true } resource)
            return Error.Invalid("resource", FieldRules.ResourceAdvice);
        var defined = await ObjectReferences.FindAsync(db, name, cancellationToken);
        if (defined is null && resource.Rows.Length > 0)
            return Error.NotFound("resource", name);
        var version = await db.VersionAsync(cancellationToken);
        var fields = await db.Fields.AsNoTracking().Where(row => row.Resource == name && row.DeleteTime == null).ToListAsync(cancellationToken);
        return new Description(resource, db.Caller, language, defined).Whole(fields, version);
    }
}
