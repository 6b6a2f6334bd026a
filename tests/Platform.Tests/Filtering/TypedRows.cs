using System.Globalization;
using CsCheck;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Filtering;
using Field = Platform.CustomFields.V1.Field;

namespace Platform.Tests.Filtering;

/// <summary>Rows whose custom fields are of defined types, values from before the definition among them, and expressions about them.</summary>
internal static class TypedRows
{
    private static readonly string[] Keys = ["a", "b", "c_1"];

    public static TenantFields Fields { get; } = new(new Schema
    {
        Version = 1,
        Fields =
        {
            Of("whole", FieldType.Number), Of("exact", FieldType.Decimal), Of("price", FieldType.Money), Of("day", FieldType.Date), Of("moment", FieldType.Instant),
            Of("flag", FieldType.Boolean), Of("one", FieldType.SingleChoice), Of("several", FieldType.MultipleChoice), Of("line", FieldType.Text), Of("user", FieldType.User),
        },
    });

    public static FilterSchema<Specimen> Schema { get; } = FilterSchema.Of<Specimen>(fields => fields
        .Instant("create_time", row => row.CreateTime, sortable: true)
        .Custom("custom_fields", row => row.CustomFields, "deals.deal"));

    public static IEnumerable<string> Sortable { get; } = ["whole", "exact", "price", "day", "moment", "one", "line"];

    // Most values fit; some are those of another field, as they are where a key was used before it was defined.
    private static readonly Gen<Value>[] Values =
    [
        Gen.OneOf(0d, -1, 5, 42).Select(Value.ForNumber),
        Gen.OneOf("0", "-1.5", "2.5", "10", "123456789012345.0123456789", "1e5", "1.", "+1").Select(Value.ForString),
        Gen.Select(Gen.OneOf("0.00", "-1.50", "5.00"), Gen.OneOf("EUR", "USD")).Select((amount, currency) => Value.ForStruct(new Struct { Fields = { ["amount"] = Value.ForString(amount), ["currency"] = Value.ForString(currency) } })),
        Gen.OneOf(Specimens.Days).Select(day => Value.ForString(TimeValues.Format(day))),
        Gen.OneOf(Specimens.Moments).Select(moment => Value.ForString(TimeValues.Format(moment))),
        Gen.Bool.Select(Value.ForBool),
        Gen.OneOf(Keys).Select(Value.ForString),
        Gen.OneOf(Keys).Array[0, 3].Select(keys => Value.ForList([.. keys.Select(Value.ForString)])),
        Gen.OneOf(Specimens.Texts).Select(Value.ForString),
        Gen.OneOf(Specimens.Ids).Select(id => Value.ForString(id.ToString())),
    ];

    private static readonly string[] Names = ["whole", "exact", "price", "day", "moment", "flag", "one", "several", "line", "user"];

    private static readonly Gen<Specimen> Row = Names.Zip(Values).Aggregate(Gen.Const(() => new Specimen()), (rows, field) =>
        Gen.Select(rows, Gen.Frequency((6, field.Second), (1, Gen.OneOf(Values)), (2, Gen.Const(Value.ForNull())))).Select((row, value) =>
        {
            if (value.KindCase != Value.KindOneofCase.NullValue)
                row.CustomFields.Fields[field.First] = value;
            return row;
        }));

    public static Specimen[] Random(int count) => Row.Array[count].Single();

    private static Gen<string> Comparison { get; } = Gen.OneOf(
        Compare(Gen.OneOf("whole", "exact", "price", "price.amount"), "= != < <= > >= :", Gen.OneOf("0", "-1.5", "5", "42", "123456789012345.0123456789")),
        Compare(Gen.Const("price"), "= != < <= > >=", Gen.OneOf("\"5 EUR\"", "\"-1.50 USD\"")),
        Compare(Gen.Const("price.currency"), "= !=", Gen.OneOf("EUR", "\"U*\"")),
        Compare(Gen.Const("day"), "= != < <= > >=", Gen.OneOf("2026-05-31", "today()", "startOfMonth(-1)", "daysAgo(3)")),
        Compare(Gen.Const("moment"), "= != < <= > >=", Gen.OneOf("2026-05-31", "now()", "2026-03-29T00:00:01Z", "startOfWeek()", "2026-03-29T02:30:00")),
        Compare(Gen.Const("flag"), "= !=", Gen.OneOf("true", "false")),
        Compare(Gen.Const("one"), "= != :", Gen.OneOf(Keys)),
        Compare(Gen.Const("several"), ":", Gen.OneOf(Keys)),
        Compare(Gen.Const("line"), "= != < <= > >= :", Gen.OneOf("a", "\"Ж\"", "\"a*\"", "user.roles")),
        Compare(Gen.Const("user"), "= != :", Gen.OneOf("user.id", "user.teams", Specimens.Ids[0].ToString())),
        Gen.Select(Gen.OneOf(Names), Gen.OneOf(":*", " = null", " != null")).Select((name, asked) => $"custom_fields.{name}{asked}"),
        Gen.Const("custom_fields.flag"));

    public static Gen<string> Expression { get; } = Tree(2);

    private static Gen<string> Tree(int depth) => depth == 0 ? Comparison : Gen.Frequency(
        (2, Comparison),
        (1, Tree(depth - 1).Select(inner => $"NOT ({inner})")),
        (2, Gen.Select(Tree(depth - 1).Array[2, 3], Gen.OneOf(" AND ", " OR ")).Select((parts, joint) => $"({string.Join(joint, parts)})")));

    private static Gen<string> Compare(Gen<string> fields, string comparators, Gen<string> values) =>
        Gen.Select(fields, Gen.OneOf(comparators.Split(' ')), values).Select((field, comparator, value) =>
            // A pattern and a list have no order.
            comparator is not ("=" or "!=" or ":") && (value.Contains('*', StringComparison.Ordinal) || value.StartsWith("user.", StringComparison.Ordinal))
                ? string.Create(CultureInfo.InvariantCulture, $"custom_fields.{field} = {value}")
                : $"custom_fields.{field} {comparator} {value}");

    private static Field Of(string key, FieldType type) => new()
    {
        Resource = "deals.deal",
        Key = key,
        Type = type,
        Label = key,
        Choices = { type is FieldType.SingleChoice or FieldType.MultipleChoice ? Keys.Select(choice => new Choice { Key = choice, Label = choice }) : [] },
    };
}
