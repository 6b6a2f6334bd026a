using System.Linq.Expressions;
using System.Text.Json;
using Platform.CustomFields.Formulas;
using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Values;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Fields;

/// <summary>
/// An amount and its currency: <c>amount > 5000</c> whatever the currency, <c>amount > "5000 EUR"</c> where it is that one (unknown
/// where it is another: nothing is converted), <c>amount.currency = "EUR"</c>.
/// </summary>
internal sealed class MoneyField<T> : FilterField<T>
{
    private readonly ScalarField<T, decimal> _amount;
    private readonly TextField<T> _currency;
    private readonly string? _currencyField;

    public MoneyField(string name, ParameterExpression row, LambdaExpression amount, LambdaExpression currency, bool sortable)
        : base(name, FilterKind.Money)
    {
        _amount = new ScalarField<T, decimal>(name, FilterKind.Number, row, amount, Numbers.Decimal, sortable);
        _currency = new TextField<T>(name, row, currency, sortable: false);
        // The currency of the row is often a field of its own, whose rules hold for it here too.
        _currencyField = (currency.Body as MemberExpression)?.Member.Name is { } member ? JsonNamingPolicy.SnakeCaseLower.ConvertName(member) : null;
        SortKey = _amount.SortKey;
    }

    public MoneyField(string name, ParameterExpression row, Accessor<T, decimal?> amount, Accessor<T, string?> currency)
        : base(name, FilterKind.Money)
    {
        _amount = new ScalarField<T, decimal>(name, FilterKind.Number, row, amount, Numbers.Decimal);
        _currency = new TextField<T>(name, currency);
        SortKey = _amount.SortKey;
    }

    public override IEnumerable<string> AlsoReads(Restriction restriction) =>
        _currencyField is not null && (restriction.Field.Parts is [_, "currency", ..] || restriction.Argument is Literal { IsQuoted: true }) ? [_currencyField] : [];

    public override FormulaValue ValueOf(T row) =>
        _amount.ValueOf(row).Value is decimal amount && _currency.ValueOf(row).Value is string currency ? new MoneyAmount(amount, currency) : FormulaValue.Missing;

    public override Result<Condition<T>> Bind(Restriction restriction)
    {
        var own = restriction with { Field = restriction.Field with { Parts = [Name] } };
        switch (restriction.Field.Parts.Skip(1).ToArray())
        {
            case []:
                return restriction.Argument is Literal { IsQuoted: true, IsWildcard: false } money ? BindMoney(own, money) : _amount.Bind(own);
            case ["amount"]:
                return _amount.Bind(own);
            case ["currency"]:
                return _currency.Bind(own);
            default:
                return FilterErrors.At(restriction.Field.Position, Say($"'{Name}' has the fields 'amount' and 'currency'."));
        }
    }

    private Result<Condition<T>> BindMoney(Restriction restriction, Literal money)
    {
        if (money.Value.Split(' ') is not [var number, { Length: 3 } code] || !code.All(char.IsAsciiLetterUpper))
            return FilterErrors.At(money.Position, Say($"'{money.Value}' does not fit. Use a number such as 5000, or an amount with its currency such as \"5000 EUR\"."));
        var amount = _amount.Bind(restriction with { Argument = new Literal(number, [number], IsQuoted: false, money.Position + 1) });
        if (amount.IsError)
            return amount;
        var guard = _currency.Bind(restriction with { Comparator = Comparator.Equal, Argument = new Literal(code, [code], IsQuoted: true, money.Position) });
        return guard.IsError ? guard : new Guarded<T>(guard.Value, amount.Value);
    }
}
