using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Languages;
using Platform.Metadata.Shapes;
using Platform.Rest;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Packages;

/// <summary>A package as the document that people read and keep.</summary>
internal static class PackageDocument
{
    public const string Format = "platform.metadata/1";

    // What requests call it.
    private const string Root = "document";

    public static Struct Write(IMessage message) => JsonParser.Default.Parse<Struct>(JsonFormatter.Default.Format(message));

    /// <summary>The package of a document, or what is wrong with its form; nothing where there is no document.</summary>
    public static Result<V1.MetadataPackage> Read(Struct? document)
    {
        if (document is null || document.Fields.Count == 0)
            return new V1.MetadataPackage { Format = Format };
        try
        {
            if (SentDocuments.FirstViolation(document, V1.MetadataPackage.Descriptor) is { } wrong)
                return Unreadable($"{Root}.{wrong.Field}", $"{Root}.{wrong.Field}: {Wording.Say(wrong.Message)}", wrong.Message);
            var package = JsonParser.Default.Parse<V1.MetadataPackage>(JsonFormatter.Default.Format(document));
            Complete(package);
            return FaultOf(package) is { } fault ? Unreadable(fault.Field, fault.Message) : package;
        }
        catch (Exception fault) when (fault is InvalidProtocolBufferException or InvalidOperationException)
        {
            return Unreadable(Root, Say($"It is no metadata document: {fault.Message}", $"Das ist kein Metadatendokument: {fault.Message}", $"Это не документ метаданных: {fault.Message}"));
        }
    }

    // What goes without saying, so that it is no difference.
    private static void Complete(V1.MetadataPackage package)
    {
        foreach (var view in package.Views)
        {
            view.Visibility = view.Visibility == Visibility.Unspecified ? Visibility.Company : view.Visibility;
            view.Kind = view.Kind == SavedViewKind.Unspecified ? SavedViewKind.Table : view.Kind;
        }

        // An object is known by its key.
        foreach (var known in package.Objects)
            (known.Resource, known.Publication) = ("", null);
        foreach (var dashboard in package.Dashboards)
            dashboard.Visibility = dashboard.Visibility == Visibility.Unspecified ? Visibility.Company : dashboard.Visibility;
    }

    private static FieldViolation? FaultOf(V1.MetadataPackage package)
    {
        if (package.Format is not ("" or Format))
            return new($"{Root}.format", Say($"Use the format {Format}.", $"Nehmen Sie das Format {Format}.", $"Нужен формат {Format}."));
        var items = PackageItem.Of(package).ToList();
        if (items.FirstOrDefault(item => item.Kind != "logo" && ShapeMessage.Text(item.Message, "key").Length == 0) is { } nameless)
            return new($"{nameless.Path}.key", Say($"{nameless.Path} has no key.", $"{nameless.Path} hat keinen Schlüssel.", $"У {nameless.Path} нет ключа."));
        if (items.GroupBy(item => (item.Kind, item.Name)).FirstOrDefault(group => group.Count() > 1)?.Last() is { } twice)
            return new(twice.Path, Say($"{twice.Path}: '{twice.Name}' stands twice.", $"{twice.Path}: '{twice.Name}' steht doppelt.", $"{twice.Path}: «{twice.Name}» указано дважды."));
        var owned = items.FirstOrDefault(item => item.Message.Descriptor.FindFieldByName("visibility")?.Accessor.GetValue(item.Message) is Visibility and not Visibility.Company);
        return owned is null ? null : new($"{owned.Path}.visibility", Say(
            $"{owned.Path} is not the company's: what people and teams keep is in no document.",
            $"{owned.Path} gehört nicht der Firma: was Personen und Teams haben, steht in keinem Dokument.",
            $"{owned.Path} не общее: личное и командное в документ не входит."));
    }

    private static Error Unreadable(string field, string message, string? said = null) =>
        new(Google.Rpc.Code.InvalidArgument, "METADATA_UNREADABLE", message) { Violations = [new FieldViolation(field, said ?? message)] };
}
