using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.V1;
using Platform.Data;

namespace Platform.CustomFields.RollUps;

/// <summary>
/// A formula that reads roll-ups of its record. The record keeps a mark of what else the formula reads, and the value, beside the
/// record, says of which mark and which roll-ups it was made: so that one of others is never taken for the present one.
/// </summary>
internal sealed class RollUpFormula : BesideField
{
    private const string Prefix = "formula:";

    private readonly ResourceFormulas _formulas;
    private readonly IReadOnlyList<string> _own;

    /// <param name="definition">The formula.</param>
    /// <param name="formulas">All formulas of the kind of record.</param>
    /// <param name="rollUps">The roll-ups that it comes to read.</param>
    public RollUpFormula(Field definition, ResourceFormulas formulas, IReadOnlyList<RollUpField> rollUps)
        : base(definition, definition.Resource, definition.ResultType, formulas.ReadBy(definition.Key), KeyOf(definition, formulas, rollUps))
    {
        (_formulas, _own) = (formulas, formulas.InputsOf(definition.Key).Own);
        RollUps = [.. rollUps.OrderBy(rollUp => rollUp.StoredKey, StringComparer.Ordinal)];
        Rolled = string.Join('\n', RollUps.Select(rollUp => rollUp.StoredKey));
    }

    public override bool IsTold => true;

    public override IEnumerable<BesideField> Counted => RollUps;

    /// <summary>The roll-ups that it comes to read.</summary>
    public IReadOnlyList<RollUpField> RollUps { get; }

    /// <summary>Their stored keys, as PostgreSQL's functions take them.</summary>
    public string Rolled { get; }

    /// <summary>Whether a stored key is one of such a formula.</summary>
    public static bool IsKey(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>How all stored keys of a kind of record begin.</summary>
    public static string PrefixOf(string resource) => $"{Prefix}{resource}/";

    /// <summary>The key of a definition, without its revision.</summary>
    public static string NameOf(Field field) => $"{PrefixOf(field.Resource)}{field.Key}";

    /// <summary>A mark of all that it reads of the record itself.</summary>
    public override Value InputOf(ProtectedResource kind, ProtectedEntity row, Struct stored, TenantFields fields)
    {
        var text = new StringBuilder();
        foreach (var path in _own)
            text.Append(path).Append('=').Append(Write(_formulas.Own(path, stored, name => kind.ValueOf(row, name)))).Append('\n');
        return Value.ForString(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8)));
    }

    /// <summary>The value of a record.</summary>
    /// <param name="kind">The kind of record.</param>
    /// <param name="row">The record.</param>
    /// <param name="stored">Its custom fields.</param>
    /// <param name="rollUps">Its roll-ups, by their keys.</param>
    public FormulaValue ValueOf(ProtectedResource kind, ProtectedEntity row, Struct stored, Func<string, FormulaValue> rollUps) =>
        _formulas.Evaluate(Definition.Key, stored, name => kind.ValueOf(row, name), rollUps);

    private static string Write(FormulaValue value) => value.Value switch
    {
        DateTimeOffset moment => moment.UtcTicks.ToString(CultureInfo.InvariantCulture),
        MoneyAmount money => string.Create(CultureInfo.InvariantCulture, $"{money.Amount} {money.Currency}"),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        null => "",
        var text => $"'{text}'",
    };

    private static string KeyOf(Field definition, ResourceFormulas formulas, IReadOnlyList<RollUpField> rollUps)
    {
        var text = string.Join('\n', rollUps.Select(rollUp => rollUp.StoredKey).Order(StringComparer.Ordinal).Prepend(formulas.RevisionOf(definition.Key)));
        return $"{NameOf(definition)}{ResourceFormulas.Mark}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4))}";
    }
}
