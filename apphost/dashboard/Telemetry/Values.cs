using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Platform.Dashboard.Storage;
using Platform.Dashboard.Telemetry.Otlp;

namespace Platform.Dashboard.Telemetry;

/// <summary>Values of OTLP as text.</summary>
internal static class Values
{
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    public static string Text(this AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.BytesValue => Convert.ToHexStringLower(value.BytesValue.Span),
        AnyValue.ValueOneofCase.ArrayValue => $"[{string.Join(", ", value.ArrayValue.Values.Select(Text))}]",
        AnyValue.ValueOneofCase.KvlistValue => $"{{{string.Join(", ", value.KvlistValue.Values.Select(pair => $"{pair.Key}: {pair.Value.Text()}"))}}}",
        _ => "",
    };

    public static string? Text(this RepeatedField<KeyValue> attributes, string key) => attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value.Text();

    public static IEnumerable<(string Name, string Value)> Pairs(this RepeatedField<KeyValue> attributes) => attributes.Select(attribute => (attribute.Key, attribute.Value.Text()));

    /// <summary>The resource of the model that telemetry comes from: what it was started with as its name.</summary>
    public static string Name(this Resource? resource) => resource?.Attributes.Text("service.name") is { Length: > 0 } name ? name : "unknown";

    /// <summary>The id of a trace in hexadecimal; null where it is none.</summary>
    public static string? TraceId(this ByteString id) => Id(id, TraceIdBytes);

    /// <summary>The id of a span in hexadecimal; null where it is none.</summary>
    public static string? SpanId(this ByteString id) => Id(id, SpanIdBytes);

    // By the specification what has another length, or is all zeros, is no id.
    private static string? Id(ByteString id, int length) => id.Length != length || id.Span.IndexOfAnyExcept((byte)0) < 0 ? null : Convert.ToHexStringLower(id.Span);

    public static long Micros(ulong nanoseconds) => (long)(nanoseconds / 1000);

    public static Level LevelOf(int severity) => severity switch
    {
        >= 21 => Level.Critical,
        >= 17 => Level.Error,
        >= 13 => Level.Warning,
        >= 9 or 0 => Level.Information,
        >= 5 => Level.Debug,
        _ => Level.Trace,
    };
}
