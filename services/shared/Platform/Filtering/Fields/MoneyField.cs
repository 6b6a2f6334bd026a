using System.Linq.Expressions;
using System.Text.Json;
using Platform.CustomFields.Formulas;
using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Values;
using Platform.Monetary;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Fields;

/// <summary>
/// An amount and its currency: <c>amount > 5000</c> in the company's currency where the row has a rate (unknown where it has none) and
/// whatever the currency where rows have no rates, <c>amount > "5000 EUR"</c> where it is that one (unknown where it is another: nothing
/// is converted), <c>amount.amount > 5000</c> whatever the currency, <c>amount.currency = "EUR"</c>.
/// </summary>
internal sealed class MoneyField<T> : FilterField<T>
{
    private readonly ScalarField<T, decimal> _amount;
    private readonly ScalarField<T, decimal> _compared;
    private readonly TextField<T> _currency;
    private readonly string? _currencyField;
    private readonly bool _isConverted;

    public MoneyField(string name, ParameterExpression row, LambdaExpression amount, LambdaExpression currency, bool sortable, LambdaExpression? rate = null)
        : base(name, FilterKind.Money)
    {
        _amount = new ScalarField<T, decimal>(name, FilterKind.Number, row, amount, Numbers.Decimal, sortable);
        _compared = rate is null ? _amount : Converted(name, row, Accessor.Of<T, decimal?>(row, amount), Accessor.Of<T, decimal?>(row, rate));
        _currency = new TextField<T>(name, row, currency, sortable: false);
        // The currency of the row is often a field of its own, whose rules hold for it here too.
        _currencyField = (currency.Body as MemberExpression)?.Member.Name is { } member ? JsonNamingPolicy.SnakeCaseLower.ConvertName(member) : null;
        SortKey = sortable ? _compared.SortKey : null;
    }

    public MoneyField(string name, ParameterExpression row, Accessor<T, decimal?> amount, Accessor<T, string?> currency, Accessor<T, decimal?>? rate = null)
        : base(name, FilterKind.Money)
    {
        _amount = new ScalarField<T, decimal>(name, FilterKind.Number, row, amount, Numbers.Decimal);
        _compared = rate is null ? _amount : Converted(name, row, amount, rate);
        _currency = new TextField<T>(name, currency);
        SortKey = _compared.SortKey;
    }

    private MoneyField(string name, ScalarField<T, decimal> amount, TextField<T> currency)
        : base(name, FilterKind.Money) =>
        (_compared, _amount, _currency, _isConverted) = (amount, amount, currency, true);

    /// <summary>An amount that is told in the company's currency: compared as it is before it is rounded, told as it is after.</summary>
    public static MoneyField<T> Reported(string name, ParameterExpression row, LambdaExpression amount, LambdaExpression rate, LambdaExpression companyCurrency) => new(
        name, Converted(name, row, Accessor.Of<T, decimal?>(row, amount), Accessor.Of<T, decimal?>(row, rate)), new TextField<T>(name, row, companyCurrency, sortable: false));

    public override IEnumerable<string> AlsoReads(Restriction restriction) =>
        _currencyField is not null && LooksAtCurrency(restriction) ? [_currencyField] : [];

    // Converted amounts have another order than the amounts that are shown.
    public override IEnumerable<string> AlsoSortedBy => _currencyField is not null && _compared != _amount ? [_currencyField] : [];

    public override FormulaValue ValueOf(T row) => _amount.ValueOf(row).Value is decimal amount && _currency.ValueOf(row).Value is string currency
        ? new MoneyAmount(_isConverted ? Amounts.Round(amount, currency) : amount, currency)
        : FormulaValue.Missing;

    public override Result<Condition<T>> Bind(Restriction restriction)
    {
        var own = restriction with { Field = restriction.Field with { Parts = [Name] } };
        switch (restriction.Field.Parts.Skip(1).ToArray())
        {
            case []:
                return restriction.Argument is Literal { IsQuoted: true, IsWildcard: false } money ? BindMoney(own, money)
                    : AsksPresence(own) is null ? _compared.Bind(own) : _amount.Bind(own);
            case ["amount"]:
                return _amount.Bind(own);
            case ["currency"]:
                return _currency.Bind(own);
            default:
                return FilterErrors.At(restriction.Field.Position, Say($"'{Name}' has the fields 'amount' and 'currency'."));
        }
    }

    // A product of both: rows that have no rate have no product, and every comparison with it is unknown.
    private static ScalarField<T, decimal> Converted(string name, ParameterExpression row, Accessor<T, decimal?> amount, Accessor<T, decimal?> rate)
    {
        var product = Expression.Multiply(Nullable(amount.Body), Nullable(rate.Body));
        return new ScalarField<T, decimal>(name, FilterKind.Number, row, new Accessor<T, decimal?>(product, instance => amount.Read(instance) * rate.Read(instance)), Numbers.Decimal);

        static Expression Nullable(Expression value) => value.Type == typeof(decimal?) ? value : Expression.Convert(value, typeof(decimal?));
    }

    // Converting an amount tells of its currency too.
    private bool LooksAtCurrency(Restriction restriction) => restriction.Field.Parts switch
    {
        [_] => restriction.Argument is Literal { IsQuoted: true } || (_compared != _amount && AsksPresence(restriction) is null),
        [_, "currency", ..] => true,
        _ => restriction.Argument is Literal { IsQuoted: true },
    };

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
