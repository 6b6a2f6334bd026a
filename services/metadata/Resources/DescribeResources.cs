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
        var readable = FieldRules.Resources.Where(resource => caller.Permissions.Contains(resource.PermissionFor(AccessAction.Read)));
        var shapes = await work.LoadAllAsync(readable, withObjects: caller.Permissions.Contains(RecordPermission), cancellationToken);
        return new V1.DescribeResourcesResponse { Resources = { shapes.Select(shape => shape.Descriptor) } };
    }
}
