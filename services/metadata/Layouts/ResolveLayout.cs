using Google.Protobuf;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Metadata.Fields;
using Platform.Metadata.Resources;
using Platform.Metadata.Shapes;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Layouts;

internal static class ResolveLayout
{
    private const int MaxBytes = 512 * 1024;

    // Of a later contract than this process knows, or of the caller's own.
    private static readonly JsonParser Lenient = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public static async Task<Result<V1.Layout>> Handle(V1.ResolveLayoutRequest request, ShapeWork work, CancellationToken cancellationToken)
    {
        if (request.Kind == LayoutKind.Unspecified || !Enum.IsDefined(request.Kind))
            return Error.Invalid("kind", "LAYOUT_KIND_FORM, LAYOUT_KIND_LIST, LAYOUT_KIND_CARD.");
        if (await work.FindAsync(request.Resource, cancellationToken) is not { } resource)
            return Error.Invalid("resource", FieldRules.ResourceAdvice);
        if (RecordOf(request, resource) is not { } record)
            return Error.Invalid("record", Say(
                $"Send a record as {resource.Name} is answered.", $"Senden Sie einen Datensatz, wie {resource.Name} beantwortet wird.", $"Передайте запись в том виде, в каком её возвращает {resource.Name}."));
        return await OfferedLayouts.ForAsync(record, request.Kind, resource, work, cancellationToken);
    }

    private static IMessage? RecordOf(V1.ResolveLayoutRequest request, ResourceShape resource)
    {
        if (request.Record is null)
            return resource.Info.Message.Parser.ParseFrom([]);
        if (request.Record.CalculateSize() > MaxBytes)
            return null;
        try
        {
            return Lenient.Parse(JsonFormatter.Default.Format(request.Record), resource.Info.Message);
        }
        // Numbers that JSON does not have are no record either.
        catch (Exception fault) when (fault is InvalidProtocolBufferException or InvalidOperationException)
        {
            return null;
        }
    }
}
