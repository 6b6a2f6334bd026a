using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Errors;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Resources;

/// <summary>A record that the caller sends, as its service answered it.</summary>
internal static class SentRecord
{
    private const int MaxBytes = 512 * 1024;

    // Of a later contract than this process knows, or of the caller's own.
    private static readonly JsonParser Lenient = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>The record, an empty one where none was sent; null where that is no such record.</summary>
    public static IMessage? Read(Struct? sent, ResourceShape resource)
    {
        if (sent is null)
            return resource.Info.Message.Parser.ParseFrom([]);
        if (sent.CalculateSize() > MaxBytes)
            return null;
        try
        {
            return Lenient.Parse(JsonFormatter.Default.Format(sent), resource.Info.Message);
        }
        // Numbers that JSON does not have are no record either.
        catch (Exception fault) when (fault is InvalidProtocolBufferException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What is said where it is none.</summary>
    public static Error Unreadable(ResourceShape resource) => Error.Invalid("record", Say(
        $"Send a record as {resource.Name} is answered.", $"Senden Sie einen Datensatz, wie {resource.Name} beantwortet wird.", $"Передайте запись в том виде, в каком её возвращает {resource.Name}."));
}
