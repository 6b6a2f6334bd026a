using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Metadata.Fields;
using Platform.Metadata.Schemas;

namespace Platform.Metadata.Resources;

internal static class DescribeResource
{
    public static async Task<Result<V1.ResourceDescriptor>> Handle(string name, string language, MetadataDbContext db, CancellationToken cancellationToken)
    {
        if (FieldRules.Resources.FirstOrDefault(resource => resource.Name == name) is not { } resource)
            return Error.Invalid("resource", FieldRules.ResourceAdvice);
        var version = await db.VersionAsync(cancellationToken);
        var fields = await db.Fields.AsNoTracking().Where(row => row.Resource == name && row.DeleteTime == null).ToListAsync(cancellationToken);
        // A formula that reads what is hidden is hidden too.
        db.Caller.Narrow(new TenantFields(new V1.Schema { Version = version, Fields = { fields.Select(field => field.ToMessage()) } }));
        return new Description(resource, db.Caller, language).Whole(fields, version);
    }
}
