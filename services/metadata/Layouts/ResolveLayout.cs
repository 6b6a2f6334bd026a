using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Metadata.Fields;
using Platform.Metadata.Resources;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Layouts;

internal static class ResolveLayout
{
    public static async Task<Result<V1.Layout>> Handle(V1.ResolveLayoutRequest request, ShapeWork work, CancellationToken cancellationToken)
    {
        if (request.Kind == LayoutKind.Unspecified || !Enum.IsDefined(request.Kind))
            return Error.Invalid("kind", "LAYOUT_KIND_FORM, LAYOUT_KIND_LIST, LAYOUT_KIND_CARD.");
        if (await work.FindAsync(request.Resource, cancellationToken) is not { } resource)
            return Error.Invalid("resource", FieldRules.ResourceAdvice);
        return SentRecord.Read(request.Record, resource) is { } record
            ? await OfferedLayouts.ForAsync(record, request.Kind, resource, work, cancellationToken)
            : SentRecord.Unreadable(resource);
    }
}
