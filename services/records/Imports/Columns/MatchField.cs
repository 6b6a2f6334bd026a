using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Importing;
using Platform.Importing.Columns;
using Platform.Records.Imports.Writing;
using Platform.Records.Objects;
using static Platform.Languages.Wording;

namespace Platform.Records.Imports.Columns;

/// <summary>By which field a record is recognised: one of its own, or one that the company defined; or none.</summary>
internal sealed class MatchField
{
    private const string Prefix = ResourceInfo.CustomFields + ".";

    private static readonly FieldType[] Comparable =
    [
        FieldType.Text, FieldType.Email, FieldType.Phone, FieldType.Url, FieldType.Number, FieldType.Decimal, FieldType.Date, FieldType.Instant,
        FieldType.SingleChoice, FieldType.User, FieldType.Relation,
    ];

    private readonly ColumnMap<RecordColumn> _columns;
    private readonly RecordColumn? _own;
    private readonly string? _key;

    private MatchField(ColumnMap<RecordColumn> columns, RecordColumn? own = null, string? key = null, bool isNamed = false) =>
        (_columns, _own, _key, IsNamed) = (columns, own, key, isNamed);

    /// <summary>Whether the caller named it: such a file may bring nothing but changes.</summary>
    public bool IsNamed { get; }

    /// <summary>Whether a row that has a key must mean a record that is there: the platform alone gives ids and numbers.</summary>
    public bool MustExist => _own is RecordColumn.Id or RecordColumn.Number;

    /// <summary>Whether that is what the caller named.</summary>
    public static bool IsBy(string named, RecordColumn? field) => field switch { RecordColumn.Number => named == "number", RecordColumn.Id => named == "id", _ => named == "name" };

    /// <summary>The field that the caller named, or the first unique one of the file.</summary>
    public static Result<MatchField> Find(string named, ColumnMap<RecordColumn> columns)
    {
        if (named.Length == 0)
            return new MatchField(columns, key: columns.Custom.Placed.FirstOrDefault(column => column.Field.Definition.Unique && Comparable.Contains(column.Field.Type))?.Field.Key);
        if (named is "name" or "number" or "id")
        {
            var own = System.Enum.Parse<RecordColumn>(named, ignoreCase: true);
            return columns.Fields.Contains(own) ? new MatchField(columns, own, isNamed: true) : Missing(named, columns);
        }

        if (!named.StartsWith(Prefix, StringComparison.Ordinal))
            return Error.Invalid("options.match", "Use name, number, id or custom_fields.{key}.");
        if (columns.Custom.Placed.FirstOrDefault(column => column.Field.Key == named[Prefix.Length..]) is not { } placed)
            return Missing(named, columns);
        return Comparable.Contains(placed.Field.Type)
            ? new MatchField(columns, key: placed.Field.Key, isNamed: true)
            : Error.Invalid("options.match", Say($"Records cannot be recognised by '{placed.Field.Definition.Label}': use a field of texts, numbers, dates, ids or one choice."));
    }

    /// <summary>What a row is recognised by, empty where it has nothing; null where it cannot be one.</summary>
    public string? KeyOf(string[] row, V1.Record record) => _own switch
    {
        RecordColumn.Name => record.Name.ToLowerInvariant(),
        RecordColumn.Number => _columns.Get(row, RecordColumn.Number),
        RecordColumn.Id => _columns.Get(row, RecordColumn.Id) is { Length: > 0 } text ? Guid.TryParse(text, out var id) ? id.ToString() : null : "",
        _ => TextOf(record.CustomFields),
    };

    /// <summary>The same of a record that is there.</summary>
    public string KeyOf(Record record) => _own switch
    {
        RecordColumn.Name => record.Name.ToLowerInvariant(),
        RecordColumn.Number => record.Number,
        RecordColumn.Id => record.Id.ToString(),
        _ => TextOf(record.CustomFields),
    };

    /// <summary>The records that have one of the keys.</summary>
    public IQueryable<Record> Having(ProtectedSet<Record> rows, string objectKey, List<string> keys) => _own switch
    {
        RecordColumn.Name => rows.Called(objectKey, keys),
        RecordColumn.Number => rows.Where(row => keys.Contains(row.Number)),
        RecordColumn.Id => rows.WithIds(keys.ConvertAll(Guid.Parse)),
        _ => rows.WithText(objectKey, _key!, keys),
    };

    // As PostgreSQL compares unique values: letters of ASCII without regard to case.
    private string TextOf(Struct values) => _key is null || !values.Fields.TryGetValue(_key, out var value)
        ? ""
        : string.Concat((value.KindCase == Value.KindOneofCase.NumberValue ? value.NumberValue.ToString("0", CultureInfo.InvariantCulture) : value.StringValue)
            .Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));

    private static Error Missing(string named, ColumnMap<RecordColumn> columns) =>
        ImportErrors.MissingColumns($"a column for '{named}', by which records are to be recognised", columns.Headers);
}
