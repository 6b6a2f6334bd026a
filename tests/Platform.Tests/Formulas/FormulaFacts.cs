using System.Globalization;
using CsCheck;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.V1;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Platform.Tests.Formulas;

/// <summary>What formulas mean, and that they always mean something.</summary>
public sealed class FormulaFacts
{
    private static readonly Dictionary<string, FormulaType> Fields = new()
    {
        ["price"] = FormulaType.Money,
        ["cost"] = FormulaType.Money,
        ["dollars"] = FormulaType.Money,
        ["count"] = FormulaType.Number,
        ["zero"] = FormulaType.Number,
        ["none"] = FormulaType.Number,
        ["name"] = FormulaType.Text,
        ["active"] = FormulaType.Boolean,
        ["day"] = FormulaType.Date,
        ["moment"] = FormulaType.Instant,
        ["custom_fields.rate"] = FormulaType.Number,
    };

    private static readonly Dictionary<string, FormulaValue> Row = new()
    {
        ["price"] = new MoneyAmount(10.00m, "EUR"),
        ["cost"] = new MoneyAmount(4.00m, "EUR"),
        ["dollars"] = new MoneyAmount(1.00m, "USD"),
        ["count"] = 3m,
        ["zero"] = 0m,
        ["name"] = "Ann Смит😀",
        ["active"] = true,
        ["day"] = new DateOnly(2026, 1, 31),
        ["moment"] = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
        ["custom_fields.rate"] = 7.5m,
    };

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("10 - 3 - 2", "5")]
    [InlineData("2*-3", "-6")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("1 / 3", "0.3333333333")]
    [InlineData("count/zero", "DIVISION_BY_ZERO")]
    [InlineData("zero / zero + 1", "DIVISION_BY_ZERO")]
    [InlineData("none + 1", "missing")]
    [InlineData("coalesce(none, count)", "3")]
    [InlineData("coalesce(count / zero, 0)", "0")]
    [InlineData("price * custom_fields.rate / 100", "0.75 EUR")]
    [InlineData("price - cost", "6.00 EUR")]
    [InlineData("price / 3", "3.33 EUR")]
    [InlineData("round((price - cost) / price * 100)", "60")]
    [InlineData("price + dollars", "CURRENCY_MISMATCH")]
    [InlineData("price > dollars", "CURRENCY_MISMATCH")]
    [InlineData("price >= cost", "true")]
    [InlineData("money(2.5, \"JPY\")", "3 JPY")]
    [InlineData("money(2.5, \"EURO\")", "UNKNOWN_CURRENCY")]
    [InlineData("amount(price) + 1", "11")]
    [InlineData("currency(price)", "EUR")]
    [InlineData("999999999999999 * 999999999999999", "OUT_OF_RANGE")]
    [InlineData("9999999999999999999999999999 * 9999999999999999999999999999", "OUT_OF_RANGE")]
    [InlineData("upper(left(name, 3))", "ANN")]
    [InlineData("right(name, 1)", "😀")]
    [InlineData("len(name)", "9")]
    [InlineData("concat(name, \"-\", text(count), text(day))", "Ann Смит😀-32026-01-31")]
    [InlineData("name : \"СМИТ\"", "true")]
    [InlineData("if(active AND count > 2, \"many\", \"few\")", "many")]
    [InlineData("if(none > 2, \"many\", \"few\")", "few")]
    [InlineData("if(none > 2, \"many\")", "missing")]
    [InlineData("none > 1 OR active", "true")]
    [InlineData("none > 1 AND active", "missing")]
    [InlineData("NOT active AND none > 1", "false")]
    [InlineData("active AND zero = 1 OR count = 3", "true")]
    [InlineData("day + 1", "2026-02-01")]
    [InlineData("day - date(\"2026-01-01\")", "30")]
    [InlineData("addMonths(day, 1)", "2026-02-28")]
    [InlineData("addYears(day, 9999999)", "OUT_OF_RANGE")]
    [InlineData("year(day) * 100 + month(day)", "202601")]
    [InlineData("moment + 0.5", "2026-02-01T00:00:00.000000Z")]
    [InlineData("date(moment) = day", "true")]
    [InlineData("has(none) = false", "true")]
    [InlineData("min(3, 4) + max(3, 4) + abs(-1) + floor(1.5) + ceil(1.5)", "11")]
    public void A_formula_gives_a_value_or_says_why_not(string text, string expected) => Assert.Equal(expected, Write(Value(text)));

    [Theory]
    [InlineData("", "At character 1: The formula ends where a value was expected.")]
    [InlineData("count +", "At character 8: The formula ends where a value was expected.")]
    [InlineData("counnt + 1", "At character 1: There is no field 'counnt' that a formula can read. Did you mean 'count'?")]
    [InlineData("count + name", "At character 7: '+' does not join a number and a text.")]
    [InlineData("price * price", "At character 7: '*' does not join an amount of money and an amount of money.")]
    [InlineData("count = name", "At character 7: '=' does not compare a number with a text.")]
    [InlineData("active > active", "'>' does not compare true or false with true or false.")]
    [InlineData("count AND active", "At character 1: This is a number, where true or false was expected.")]
    [InlineData("NOT count", "At character 5: This is a number, where true or false was expected.")]
    [InlineData("-name", "At character 1: '-' does not stand before a text.")]
    [InlineData("uper(name)", "At character 1: There is no function 'uper'. Did you mean 'upper'?")]
    [InlineData("left(name)", "At character 1: Use left(text, number).")]
    [InlineData("if(active, 1, \"a\")", "Use if(condition, value, otherwise).")]
    [InlineData("today()", "A formula has no clock")]
    [InlineData("(1 + 2", "At character 1: This parenthesis is never closed.")]
    [InlineData("1 + 2)", "At character 6: This parenthesis was never opened.")]
    [InlineData("left(name, 1", "are never closed")]
    [InlineData("1 2", "At character 3: '2' was not expected here.")]
    [InlineData("2026-01-01x", "'01x' is no number")]
    [InlineData("\"a", "At character 1: This quote is never closed.")]
    public void A_fault_says_where_it_is_and_what_was_meant(string text, string expected)
    {
        var parsed = Formula.Parse(text, Fields);
        Assert.Equal("INVALID_FORMULA", parsed.Error?.Code);
        Assert.Contains(expected, parsed.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Size_and_depth_have_limits()
    {
        Assert.Contains("at most 10,240 characters", Formula.Parse(new string('1', 10_241), Fields).Error!.Message, StringComparison.Ordinal);
        foreach (var depth in (int[])[33, 5_000])
        {
            Assert.Contains("nested deeper", Formula.Parse($"{new string('(', depth)}1{new string(')', depth)}", Fields).Error!.Message, StringComparison.Ordinal);
            Assert.Contains("nested deeper", Formula.Parse($"{new string('-', depth)}1", Fields).Error!.Message, StringComparison.Ordinal);
            Assert.True(Formula.Parse(string.Concat(Enumerable.Repeat("abs(", depth)), Fields).IsError);
        }

        Assert.Contains("at most 200 parts", Formula.Parse(string.Join(" + ", Enumerable.Repeat("1", 201)), Fields).Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_makes_it_fail_and_what_is_read_is_total() => Gen.OneOf(
        Gen.OneOf("count", "price", "name", "day", "active", "none", "1", "0", "1e9", "\"x\"", "+", "-", "*", "/", "(", ")", ",", "if(", "left(", "coalesce(", "date(", "AND", "OR", "NOT", "=", ">", ".", " ").Array[0, 20].Select(parts => string.Join(' ', parts)),
        Expression(3)).Sample(text =>
        {
            var parsed = Formula.Parse(text, Fields);
            if (parsed.IsError)
                return;
            Assert.True(FormulaResult.Fit(parsed.Value.Evaluate(path => Row.GetValueOrDefault(path))).Value is null or decimal or string or bool or DateOnly or DateTimeOffset or MoneyAmount);
            FormulaResult.Fit(parsed.Value.Evaluate(_ => FormulaValue.Missing));
        }, iter: 3_000);

    [Fact]
    public void Values_of_another_formula_are_never_taken_for_those_of_this()
    {
        var (rate, twice, more) = (Of("rate", FieldType.Number), Of("twice", FieldType.Formula, "custom_fields.rate * 2"), Of("more", FieldType.Formula, "custom_fields.twice + 1"));
        var before = new ResourceFields("contacts.person", [rate, twice, more]);
        var stored = before.Compute(Struct.Parser.ParseJson("""{"rate":5}"""), _ => FormulaValue.Missing);
        Assert.Equal("""{ "rate": 5, "more": "11", "twice": "10" }""", Sorted(before.Visible(stored)));
        var after = new ResourceFields("contacts.person", [rate, new Field(twice) { Formula = "custom_fields.rate * 3" }, more]);
        Assert.Equal("""{ "rate": 5, "$pending": [ "more", "twice" ] }""", Sorted(after.Visible(stored)));
        var computed = after.Compute(stored, _ => FormulaValue.Missing);
        Assert.Equal("""{ "rate": 5, "more": "16", "twice": "15" }""", Sorted(after.Visible(computed)));
        Assert.Equal(3, computed.Fields.Count);
        Assert.Same(computed, after.Compute(computed, _ => FormulaValue.Missing));
    }

    [Fact]
    public void A_value_that_there_is_not_says_why()
    {
        var fields = new ResourceFields("contacts.person", [Of("rate", FieldType.Number), Of("share", FieldType.Formula, "100 / custom_fields.rate")]);
        var stored = fields.Compute(Struct.Parser.ParseJson("""{"rate":0}"""), _ => FormulaValue.Missing);
        Assert.Equal("""{ "rate": 0, "$reasons": { "share": "DIVISION_BY_ZERO" } }""", fields.Visible(stored).ToString());
        // What was told once says the same when it is told again.
        Assert.Equal(fields.Visible(stored), fields.Visible(fields.Visible(stored)));
    }

    private static string Sorted(Struct values)
    {
        foreach (var list in values.Fields.Values.Where(value => value.KindCase == Google.Protobuf.WellKnownTypes.Value.KindOneofCase.ListValue).Select(value => value.ListValue.Values))
        {
            var names = list.OrderBy(name => name.StringValue, StringComparer.Ordinal).ToList();
            list.Clear();
            list.AddRange(names);
        }

        var sorted = new Struct();
        foreach (var (key, value) in values.Fields.OrderBy(field => field.Key == "rate" ? 0 : 1).ThenBy(field => field.Key, StringComparer.Ordinal))
            sorted.Fields[key] = value;
        return sorted.ToString();
    }

    private static Field Of(string key, FieldType type, string formula = "") =>
        new() { Resource = "contacts.person", Key = key, Type = type, Label = key, Formula = formula, ResultType = type == FieldType.Formula ? FieldType.Decimal : FieldType.Unspecified };

    private static Gen<string> Expression(int depth) => depth == 0
        ? Gen.OneOf("count", "zero", "none", "custom_fields.rate", "amount(price)", "1", "0.0000000001", "999999999999999")
        : Gen.Frequency(
            (1, Expression(0)),
            (4, Gen.Select(Expression(depth - 1), Gen.OneOf("+", "-", "*", "/"), Expression(depth - 1)).Select((left, sign, right) => $"({left} {sign} {right})")),
            (1, Gen.Select(Expression(depth - 1), Expression(depth - 1)).Select((left, right) => $"if({left} > {right}, {left}, coalesce({right}, {left}))")),
            (1, Gen.Select(Expression(depth - 1), Gen.OneOf("abs", "round", "floor", "ceil")).Select((inner, name) => $"{name}({inner})")));

    private static FormulaValue Value(string text)
    {
        var parsed = Formula.Parse(text, Fields);
        Assert.False(parsed.IsError, parsed.Error?.Message);
        return FormulaResult.Fit(parsed.Value!.Evaluate(path => Row.GetValueOrDefault(path)));
    }

    private static string Write(FormulaValue value) => value.Value switch
    {
        null => value.Reason ?? "missing",
        MoneyAmount money => $"{money.Amount.ToString(CultureInfo.InvariantCulture)} {money.Currency}",
        bool flag => flag ? "true" : "false",
        _ => FormulaResult.ToValue(value).StringValue,
    };
}
