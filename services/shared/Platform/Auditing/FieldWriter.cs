using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Rest;
using Enum = System.Enum;

namespace Platform.Auditing;

/// <summary>Writes fields as JSON, in the shapes of the contracts: decimals as text, enums by the names of their contract.</summary>
internal sealed class FieldWriter : IDisposable
{
    // Dividing by it takes the zeros off the end: the same number is the same text, wherever it came from.
    private const decimal OneWithScale = 1.0000000000000000000000000000m;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private readonly Utf8JsonWriter _json;
    private readonly Concealment? _concealment;
    private bool _isEmpty = true;

    /// <summary>Begins the object.</summary>
    /// <param name="concealment">Of custom fields; null where there are none.</param>
    public FieldWriter(Concealment? concealment)
    {
        _concealment = concealment;
        _json = new Utf8JsonWriter(_buffer, Options);
        _json.WriteStartObject();
    }

    /// <summary>Writes one field of one side; of the side after a change also what it held before.</summary>
    public void Write(AuditedField field, object? value, object? former = null) =>
        Write(field.Name, field.IsConfidential && value is not null ? Concealment.Concealed : value, former);

    /// <summary>Writes a field only where it holds something: what a whole resource lacks goes without saying.</summary>
    public void WriteUnlessEmpty(AuditedField field, object? value)
    {
        if (value is not (null or "" or ICollection { Count: 0 } or Struct { Fields.Count: 0 }))
            Write(field, value);
    }

    public void Write(string name, object? value, object? former = null)
    {
        _isEmpty = false;
        _json.WritePropertyName(name);
        WriteValue(_json, value is Struct fields && _concealment is not null ? _concealment.Apply(fields, former as Struct) : value);
    }

    /// <summary>Writes a part that <see cref="Render"/> has written.</summary>
    public void WriteRaw(string name, string json)
    {
        _isEmpty = false;
        _json.WritePropertyName(name);
        _json.WriteRawValue(json, skipInputValidation: true);
    }

    /// <summary>The object; null where no field was written.</summary>
    public string? Finish()
    {
        if (_isEmpty)
            return null;
        _json.WriteEndObject();
        _json.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    public void Dispose() => _json.Dispose();

    /// <summary>A part on its own.</summary>
    public static string Render(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer, Options);
        write(json);
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>One of the rows inside a resource; <paramref name="value"/> tells what a field of it holds or held.</summary>
    public static void WriteRow(Utf8JsonWriter json, AuditPlan plan, Func<AuditedField, object?> value)
    {
        foreach (var field in plan.Fields)
        {
            json.WritePropertyName(field.Name);
            WriteValue(json, field.IsConfidential ? Concealment.Concealed : value(field));
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteStringValue((number / OneWithScale).ToString(CultureInfo.InvariantCulture)); break;
            case Guid id: json.WriteStringValue(id); break;
            case DateTimeOffset instant: json.WriteStringValue(instant.UtcDateTime); break;
            case DateOnly date: json.WriteStringValue(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case Enum name: json.WriteStringValue(EnumNames.Of(name)); break;
            case Struct fields: StructJson.Write(json, fields); break;
            case IMessage message: json.WriteRawValue(JsonFormatter.Default.Format(message), skipInputValidation: true); break;
            case byte[] bytes: json.WriteBase64StringValue(bytes); break;
            case IEnumerable items: WriteItems(json, items); break;
            default: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static void WriteItems(Utf8JsonWriter json, IEnumerable items)
    {
        json.WriteStartArray();
        foreach (var item in items)
            WriteValue(json, item);
        json.WriteEndArray();
    }
}
