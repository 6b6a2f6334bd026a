using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace Platform.Data;

/// <summary>A struct as JSON and back: what protobuf's own formatter and parser do by reflection, a value at a time, is the larger part of a record with many custom fields.</summary>
internal static class StructJson
{
    // Deeper than protobuf's own limit.
    private const int Depth = 128;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = Depth, SkipValidation = true };

    public static string Format(Struct fields)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
            Write(json, fields);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(Utf8JsonWriter json, Struct fields)
    {
        json.WriteStartObject();
        foreach (var (key, value) in fields.Fields)
        {
            json.WritePropertyName(key);
            Write(json, value);
        }

        json.WriteEndObject();
    }

    public static Struct Parse(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = Depth });
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject ? ReadStruct(ref reader) : throw new JsonException("Custom fields are an object.");
    }

    private static void Write(Utf8JsonWriter json, Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.StringValue: json.WriteStringValue(value.StringValue); break;
            case Value.KindOneofCase.NumberValue when double.IsFinite(value.NumberValue): json.WriteNumberValue(value.NumberValue); break;
            case Value.KindOneofCase.NumberValue: json.WriteStringValue(value.NumberValue.ToString(CultureInfo.InvariantCulture)); break;
            case Value.KindOneofCase.BoolValue: json.WriteBooleanValue(value.BoolValue); break;
            case Value.KindOneofCase.StructValue: Write(json, value.StructValue); break;
            case Value.KindOneofCase.ListValue:
                json.WriteStartArray();
                foreach (var item in value.ListValue.Values)
                    Write(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteNullValue(); break;
        }
    }

    private static Struct ReadStruct(ref Utf8JsonReader reader)
    {
        var fields = new Struct();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            fields.Fields[key] = ReadValue(ref reader);
        }

        return fields;
    }

    private static Value ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Value.ForString(reader.GetString()!),
        JsonTokenType.Number => Value.ForNumber(reader.GetDouble()),
        JsonTokenType.True => Value.ForBool(true),
        JsonTokenType.False => Value.ForBool(false),
        JsonTokenType.StartObject => Value.ForStruct(ReadStruct(ref reader)),
        JsonTokenType.StartArray => ReadList(ref reader),
        _ => Value.ForNull(),
    };

    private static Value ReadList(ref Utf8JsonReader reader)
    {
        var list = Value.ForList();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.ListValue.Values.Add(ReadValue(ref reader));
        return list;
    }
}
