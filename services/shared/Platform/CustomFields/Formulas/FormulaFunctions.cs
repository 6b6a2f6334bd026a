using System.Collections.Frozen;
using System.Globalization;
using Platform.Filtering.Sql;
using Platform.Filtering.Values;
using Platform.Monetary;

namespace Platform.CustomFields.Formulas;

/// <summary>The functions of formulas. None knows the time: a value is kept, and would be wrong a moment later.</summary>
internal static class FormulaFunctions
{
    private static readonly FrozenDictionary<string, FormulaFunction> All = new Dictionary<string, FormulaFunction>
    {
        ["if"] = new("if(condition, value, otherwise)", arguments => arguments switch
        {
            [{ Type: FormulaType.Boolean } condition, var then] => If(condition, then, FormulaNode.Constant(then.Type, FormulaValue.Missing)),
            [{ Type: FormulaType.Boolean } condition, var then, var otherwise] when then.Type == otherwise.Type => If(condition, then, otherwise),
            _ => null,
        }),
        ["coalesce"] = new("coalesce(value, value, …) of one type", arguments => arguments.Count > 1 && arguments.All(argument => argument.Type == arguments[0].Type) ? Coalesce(arguments) : null),
        ["has"] = new("has(value)", arguments => arguments is [var value] ? new FormulaNode(FormulaType.Boolean, row => value.Evaluate(row).Value is not (null or "")) : null),
        ["concat"] = new("concat(text, text, …)", arguments => arguments.Count > 0 && arguments.All(IsText) ? new FormulaNode(FormulaType.Text, row => string.Concat(arguments.Select(part => part.Evaluate(row).Value as string))) : null),
        ["upper"] = OfText("upper(text)", text => text.ToUpperInvariant()),
        ["lower"] = OfText("lower(text)", CodePoints.Fold),
        ["trim"] = OfText("trim(text)", text => text.Trim()),
        ["len"] = new("len(text)", arguments => arguments is [{ Type: FormulaType.Text } text] ? FormulaNode.Of<string>(FormulaType.Number, text, value => (decimal)Characters(value).Length) : null),
        ["left"] = Cut("left(text, number)", (text, count) => text[..count]),
        ["right"] = Cut("right(text, number)", (text, count) => text[^count..]),
        ["text"] = new("text(value) of a number, a date or true or false", arguments => arguments is [{ Type: FormulaType.Number or FormulaType.Date or FormulaType.Boolean } value] ? FormulaNode.Of<object>(FormulaType.Text, value, Write) : null),
        ["round"] = new("round(number, digits)", arguments => arguments switch
        {
            [{ Type: FormulaType.Number } number] => FormulaNode.Of<decimal>(FormulaType.Number, number, value => Math.Round(value, MidpointRounding.AwayFromZero)),
            [{ Type: FormulaType.Number } number, { Type: FormulaType.Number } digits] =>
                FormulaNode.Of<decimal, decimal>(FormulaType.Number, number, digits, (value, places) => Math.Round(value, Math.Clamp(FormulaArithmetic.Whole(places), 0, 10), MidpointRounding.AwayFromZero)),
            _ => null,
        }),
        ["floor"] = OfNumber("floor(number)", decimal.Floor),
        ["ceil"] = OfNumber("ceil(number)", decimal.Ceiling),
        ["abs"] = OfNumber("abs(number)", Math.Abs),
        ["min"] = Extreme("min(number, number)", Math.Min),
        ["max"] = Extreme("max(number, number)", Math.Max),
        ["amount"] = new("amount(money)", arguments => arguments is [{ Type: FormulaType.Money } money] ? FormulaNode.Of<MoneyAmount>(FormulaType.Number, money, value => value.Amount) : null),
        ["currency"] = new("currency(money)", arguments => arguments is [{ Type: FormulaType.Money } money] ? FormulaNode.Of<MoneyAmount>(FormulaType.Text, money, value => value.Currency) : null),
        ["money"] = new("money(number, text), such as money(5, \"EUR\")", arguments => arguments is [{ Type: FormulaType.Number } number, { Type: FormulaType.Text } code]
            ? FormulaNode.Of<decimal, string>(FormulaType.Money, number, code, (amount, currency) => Currencies.Exists(currency) ? new MoneyAmount(amount, currency) : FormulaValue.None(FormulaValue.UnknownCurrency))
            : null),
        ["date"] = new("date(text), such as date(\"2026-05-31\"), or date(moment) for its day in UTC", arguments => arguments switch
        {
            [{ Type: FormulaType.Text } text] => FormulaNode.Of<string>(FormulaType.Date, text, value => Dates.ParseDate(value) is { } date ? date : FormulaValue.Missing),
            [{ Type: FormulaType.Instant } instant] => FormulaNode.Of<DateTimeOffset>(FormulaType.Date, instant, value => DateOnly.FromDateTime(value.UtcDateTime)),
            _ => null,
        }),
        ["year"] = PartOf("year(date)", date => date.Year),
        ["month"] = PartOf("month(date)", date => date.Month),
        ["day"] = PartOf("day(date)", date => date.Day),
        ["addDays"] = Moved("addDays(date, number)", (date, count) => date.AddDays(count)),
        ["addMonths"] = Moved("addMonths(date, number)", (date, count) => date.AddMonths(count)),
        ["addYears"] = Moved("addYears(date, number)", (date, count) => date.AddYears(count)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => All.Keys;

    public static FormulaFunction? Find(string name) => All.GetValueOrDefault(name);

    // A condition that is unknown is not met, as in filters.
    private static FormulaNode If(FormulaNode condition, FormulaNode then, FormulaNode otherwise) =>
        new(then.Type, row => condition.Evaluate(row).Value is true ? then.Evaluate(row) : otherwise.Evaluate(row));

    private static FormulaNode Coalesce(IReadOnlyList<FormulaNode> values) => new(values[0].Type, row =>
        values.Select(value => value.Evaluate(row)).Where(value => value.Value is not (null or "")).DefaultIfEmpty(FormulaValue.Missing).First());

    private static FormulaFunction OfText(string usage, Func<string, string> apply) =>
        new(usage, arguments => arguments is [{ Type: FormulaType.Text } text] ? FormulaNode.Of<string>(FormulaType.Text, text, value => apply(value)) : null);

    private static FormulaFunction OfNumber(string usage, Func<decimal, decimal> apply) =>
        new(usage, arguments => arguments is [{ Type: FormulaType.Number } number] ? FormulaNode.Of<decimal>(FormulaType.Number, number, value => apply(value)) : null);

    private static FormulaFunction Extreme(string usage, Func<decimal, decimal, decimal> apply) => new(usage, arguments =>
        arguments is [{ Type: FormulaType.Number } left, { Type: FormulaType.Number } right] ? FormulaNode.Of<decimal, decimal>(FormulaType.Number, left, right, (a, b) => apply(a, b)) : null);

    private static FormulaFunction PartOf(string usage, Func<DateOnly, int> apply) =>
        new(usage, arguments => arguments is [{ Type: FormulaType.Date } date] ? FormulaNode.Of<DateOnly>(FormulaType.Number, date, value => (decimal)apply(value)) : null);

    private static FormulaFunction Moved(string usage, Func<DateOnly, int, DateOnly> apply) => new(usage, arguments => arguments is [{ Type: FormulaType.Date } date, { Type: FormulaType.Number } count]
        ? FormulaNode.Of<DateOnly, decimal>(FormulaType.Date, date, count, (day, number) => apply(day, FormulaArithmetic.Whole(number)))
        : null);

    // By characters, so that none is cut in two.
    private static FormulaFunction Cut(string usage, Func<int[], int, int[]> apply) => new(usage, arguments => arguments is [{ Type: FormulaType.Text } text, { Type: FormulaType.Number } count]
        ? FormulaNode.Of<string, decimal>(FormulaType.Text, text, count, (value, number) =>
        {
            var characters = Characters(value);
            return string.Concat(apply(characters, (int)Math.Clamp(decimal.Truncate(number), 0, characters.Length)).Select(char.ConvertFromUtf32));
        })
        : null);

    private static int[] Characters(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];

    private static FormulaValue Write(object value) => value switch
    {
        decimal number => DecimalText.Format(number),
        DateOnly date => TimeValues.Format(date),
        _ => value is true ? "true" : "false",
    };

    private static bool IsText(FormulaNode node) => node.Type == FormulaType.Text;
}

/// <summary>A function.</summary>
/// <param name="Usage">How it is written.</param>
/// <param name="Apply">The part that it makes of its arguments; null where they do not fit.</param>
internal sealed record FormulaFunction(string Usage, Func<IReadOnlyList<FormulaNode>, FormulaNode?> Apply);
