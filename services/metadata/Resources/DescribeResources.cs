using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Fields;
using Platform.Metadata.Schemas;

namespace Platform.Metadata.Resources;

internal static class DescribeResources
{
    public static async Task<Result<V1.DescribeResourcesResponse>> Handle(string language, MetadataDbContext db, CancellationToken cancellationToken)
    {
        // Who may do nothing here is no member, whatever the token says.
        if (db.Caller.TenantId is null || db.Caller.Permissions.Count == 0)
            return Error.PermissionDenied(Permissions.Read);
        var version = await db.VersionAsync(cancellationToken);
        var rows = await db.Fields.AsNoTracking().Where(row => row.DeleteTime == null).ToListAsync(cancellationToken);
        var fields = rows.ToLookup(row => row.Resource, StringComparer.Ordinal);
        var response = new V1.DescribeResourcesResponse();
        foreach (var resource in FieldRules.Resources.Where(resource => db.Caller.Permissions.Contains(resource.PermissionFor(AccessAction.Read))))
            response.Resources.Add(new Description(resource, db.Caller, language).Whole(fields[resource.Name], version));
        return response;
    }
}
