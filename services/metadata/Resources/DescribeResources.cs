using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Fields;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Resources;

internal static class DescribeResources
{
    // Of every object that the company defined.
    private const string RecordPermission = "records.read";

    public static async Task<Result<V1.DescribeResourcesResponse>> Handle(string language, ShapeWork work, CancellationToken cancellationToken)
    {
        // Who may do nothing here is no member, whatever the token says.
        var caller = work.Caller;
        if (caller.TenantId is null || caller.Permissions.Count == 0)
            return Error.PermissionDenied(Permissions.Read);
        Language.Speak(language);
        var response = new V1.DescribeResourcesResponse();
        foreach (var resource in FieldRules.Resources.Where(resource => caller.Permissions.Contains(resource.PermissionFor(AccessAction.Read))))
            response.Resources.Add((await work.FindAsync(resource.Name, cancellationToken))!.Descriptor);
        if (!caller.Permissions.Contains(RecordPermission))
            return response;
        var objects = await work.Db.Objects.AsNoTracking().Where(row => row.DeleteTime == null).OrderBy(row => row.Key).ToListAsync(cancellationToken);
        foreach (var defined in objects)
        {
            // One that somebody deletes meanwhile is gone here, too.
            if (await work.FindAsync(defined.Resource, cancellationToken) is { } known)
                response.Resources.Add(known.Descriptor);
        }

        return response;
    }
}
