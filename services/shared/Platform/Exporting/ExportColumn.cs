using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.Filtering;
using Platform.Monetary;

namespace Platform.Exporting;

/// <summary>A column of an export: a field, one inside a message such as an address, or one that the company added.</summary>
/// <param name="Name">The path in the names of the .proto, as filters and policies write it.</param>
/// <param name="Fields">The way to it.</param>
/// <param name="Key">The key in the Struct at the end of the way; null for all of it.</param>
/// <param name="Kind">What it holds, as far as filters know it.</param>
internal sealed record ExportColumn(string Name, IReadOnlyList<FieldDescriptor> Fields, string? Key = null, FilterKind? Kind = null)
{
    private const int MostDepth = 2;
    private const double MostWhole = 1e18;

    /// <summary>The columns that a caller with these rules gets: of a field that is hidden, not even the name.</summary>
    public static IReadOnlyList<ExportColumn> Of(ResourceInfo resource, FieldRules rules, TenantFields? fields) =>
    [
        .. Of(resource.Message, [])
            .SelectMany(column => WithKeys(column, resource, fields))
            .Where(column => rules.Find(column.Name).Access != Tenants.V1.FieldAccess.Hidden),
    ];

    /// <summary>The field of a record that was redacted for the caller, as CSV.</summary>
    public string Write(IMessage record)
    {
        var text = Format(ValueIn(record));
        // A negative number is no formula.
        return DecimalText.TryParse(text, out _) ? text : Csv.Text(text);
    }

    /// <summary>The field of a record that was redacted for the caller; null where it has none.</summary>
    public object? ValueIn(IMessage record)
    {
        object? value = record;
        foreach (var field in Fields)
        {
            if (value is not IMessage message)
                return null;
            // A number that is not there is not nought.
            value = field.HasPresence && !field.Accessor.HasValue(message) ? null : field.Accessor.GetValue(message);
        }

        return Key is null ? value : value is Struct values && values.Fields.TryGetValue(Key, out var own) ? own : null;
    }

    /// <summary>A value as plain text.</summary>
    public string Format(object? value) => value switch
    {
        null => "",
        string text => text,
        Timestamp time => time.ToDateTimeOffset().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture),
        Struct { Fields.Count: 0 } => "",
        Struct values => JsonFormatter.Default.Format(values),
        Value { KindCase: Value.KindOneofCase.StringValue } own => Format(own.StringValue),
        Value { KindCase: Value.KindOneofCase.NumberValue } own => NumberText(own.NumberValue),
        Value { KindCase: Value.KindOneofCase.BoolValue } own => Format(own.BoolValue),
        Value { KindCase: Value.KindOneofCase.ListValue } own => string.Join("; ", own.ListValue.Values.Select(Plain)),
        Value own => own.KindCase is Value.KindOneofCase.StructValue ? Format(own.StructValue) : "",
        IList list => string.Join("; ", list.Cast<object>().Select(item => item is IMessage part ? OtherTexts.LineOf(part) : item)),
        System.Enum choice => NameOf(choice),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>A number with all its digits: a large whole one has no exponent.</summary>
    public static string NumberText(double number) =>
        Math.Abs(number) < MostWhole && Math.Truncate(number) == number ? ((long)number).ToString(CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);

    private static string Plain(Value item) => item.KindCase == Value.KindOneofCase.StringValue ? item.StringValue : item.ToString();

    // Lists of messages, such as the lines of an invoice, are no columns, unless each has a text; nor is what only a program needs.
    private static IEnumerable<ExportColumn> Of(MessageDescriptor message, IReadOnlyList<FieldDescriptor> above)
    {
        foreach (var field in message.Fields.InDeclarationOrder().Where(field => field is { IsMap: false, Name: not "etag" }))
        {
            IReadOnlyList<FieldDescriptor> way = [.. above, field];
            if (field.FieldType != FieldType.Message || (field.IsRepeated && OtherTexts.HasLine(field.MessageType)) || (!field.IsRepeated && (field.MessageType == Timestamp.Descriptor || field.MessageType == Struct.Descriptor)))
                yield return new ExportColumn(string.Join('.', way.Select(step => step.Name)), way);
            else if (!field.IsRepeated && above.Count < MostDepth)
            {
                foreach (var inner in Of(field.MessageType, way))
                    yield return inner;
            }
        }
    }

    private static IEnumerable<ExportColumn> WithKeys(ExportColumn column, ResourceInfo resource, TenantFields? fields)
    {
        if (column.Name != ResourceInfo.CustomFields || fields is null)
            return [column];
        var keys = fields.Of(resource.Name).All.Select(field => field.Key).Order(StringComparer.Ordinal);
        return keys.Select(key => column with { Name = $"{column.Name}.{key}", Key = key });
    }

    private string NameOf(System.Enum choice)
    {
        var name = Fields[^1].EnumType.FindValueByNumber(Convert.ToInt32(choice, CultureInfo.InvariantCulture))?.Name ?? choice.ToString();
        return name.EndsWith("_UNSPECIFIED", StringComparison.Ordinal) ? "" : name;
    }
}
