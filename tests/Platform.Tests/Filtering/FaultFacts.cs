using CsCheck;
using Platform.Filtering;
using Xunit;

namespace Platform.Tests.Filtering;

public sealed class FaultFacts
{
    [Theory]
    [InlineData("nme = \"a\"", "At character 1: There is no field 'nme'. Did you mean 'name'?")]
    [InlineData("price > 1 AND Owner_Id = user.id", "At character 15: There is no field 'Owner_Id'. Did you mean 'owner_id'?")]
    [InlineData("zzzzzzzz = 1", "At character 1: There is no field 'zzzzzzzz'.")]
    [InlineData("name =", "At character 7: The filter ends where a value was expected.")]
    [InlineData("name = \"a", "At character 8: This quote is never closed.")]
    [InlineData("name = \"a\\x\"", "At character 10: Unknown escape.")]
    [InlineData("(price > 1", "At character 1: This parenthesis is never closed.")]
    [InlineData("price > 1)", "At character 10: This parenthesis was never opened.")]
    [InlineData("()", "At character 2: A field was expected here, not ')'.")]
    [InlineData("price == 1", "At character 7: Write '=' once.")]
    [InlineData("price ! 1", "At character 7: '!' stands only in '!='")]
    [InlineData("AND price = 1", "At character 1: A field was expected here, not 'AND'.")]
    [InlineData("price = 1 OR", "At character 13: The filter ends where a field was expected.")]
    [InlineData("price = 1, price = 2", "At character 10: ',' was not expected here.")]
    [InlineData("\"quick search\"", "At character 1: A field was expected here")]
    [InlineData("today() < day", "At character 1: A function stands on the right")]
    [InlineData("name", "At character 1: Compare 'name' with something")]
    [InlineData("price = abc", "At character 9: 'abc' does not fit. Use a number such as 12.5")]
    [InlineData("price = \"5\"", "At character 9: '5' does not fit. Write a number without quotes.")]
    [InlineData("price = 12345678901234567890123456789", "does not fit")]
    [InlineData("count = 5.5", "At character 9: '5.5' does not fit. Use a whole number.")]
    [InlineData("count = 99999999999", "does not fit")]
    [InlineData("active > true", "At character 1: 'active' has no order")]
    [InlineData("active = yes", "Use true or false.")]
    [InlineData("day = 2026-02-30", "At character 7: '2026-02-30' does not fit. Use a date as YYYY-MM-DD")]
    [InlineData("day = now()", "At character 7: now() does not fit here. Use a date as YYYY-MM-DD")]
    [InlineData("day >= startOfWek()", "At character 8: There is no function 'startOfWek'. Did you mean 'startOfWeek'?")]
    [InlineData("day >= startOfWeek(x)", "At character 20: startOfWeek() takes a whole number")]
    [InlineData("day >= startOfYear(9999)", "takes a whole number from -1000 to 1000")]
    [InlineData("day >= daysAgo()", "daysAgo() takes one number")]
    [InlineData("day >= today(1)", "today() takes no argument")]
    [InlineData("day >= today(1", "are never closed")]
    [InlineData("status = NEW", "At character 10: 'NEW' does not fit. Use one of LEAD_STATUS_UNSPECIFIED, LEAD_STATUS_NEW")]
    [InlineData("status = LEAD_STATUS_NEU", "Did you mean 'LEAD_STATUS_NEW'?")]
    [InlineData("status > LEAD_STATUS_NEW", "'status' has no order")]
    [InlineData("owner_id = 5", "At character 12: '5' does not fit. Use the id of a resource")]
    [InlineData("owner_id = user.team", "At character 12: There is no variable 'user.team'. Did you mean 'user.teams'?")]
    [InlineData("owner_id = user.roles", "'user.roles' does not fit here")]
    [InlineData("name < user.roles", "A list is compared by =, != or :.")]
    [InlineData("user.rolls : \"a\"", "At character 1: There is no variable 'user.rolls'. Did you mean 'user.roles'?")]
    [InlineData("user.roles = \"a\"", "'user.roles' is a list")]
    [InlineData("user.id = 7", "'7' does not fit")]
    [InlineData("tags = \"a\"", "'tags' is a list: ask for an element by tags:value.")]
    [InlineData("name.first = \"a\"", "At character 1: 'name' has no field 'first'.")]
    [InlineData("amount = \"5 eur\"", "an amount with its currency such as \"5000 EUR\"")]
    [InlineData("amount.cents = 5", "'amount' has the fields 'amount' and 'currency'.")]
    [InlineData("custom_fields = 5", "Name a field: custom_fields.color = \"red\".")]
    [InlineData("custom_fields.due = now()", "now() is a moment, and this field is text")]
    [InlineData("day >= endOfMoth()", "Did you mean 'endOfMonth'?")]
    [InlineData("group.titel = a", "At character 1: There is no field 'group.titel'. Did you mean 'group.title'?")]
    [InlineData("grup.title = a", "There is no field 'grup'. Did you mean 'group'?")]
    [InlineData("group.group.title = a", "At character 1: A filter goes to one record and no further: 'group.group' is two away.")]
    [InlineData("group = a", "Name a field of it: group.")]
    [InlineData("group.rank = a", "At character 14: 'a' does not fit. Use a number")]
    [InlineData("price < null", "Whether there is a value is asked by")]
    public void A_fault_says_where_it_is_and_what_was_meant(string filter, string expected) =>
        Assert.Contains(expected, Samples.Fault(filter).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("name = \"a\0b\"")]
    [InlineData("name = a\0b")]
    [InlineData("name = \"\\u0000\"")]
    [InlineData("name = \"\\ud800\"")]
    [InlineData("name = \"\\u12\"")]
    public void Characters_that_no_row_can_hold_are_refused(string filter) => Samples.Fault(filter);

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused() => Samples.Fault($"name = \"{(char)0xD83D}\"");

    [Theory]
    [InlineData(1_000)]
    [InlineData(5_000)]
    [InlineData(100_000)]
    public void Depth_is_refused_and_not_followed(int depth)
    {
        Samples.Fault(new string('(', depth));
        Samples.Fault($"{new string('(', depth)}price = 1{new string(')', depth)}");
        Samples.Fault($"price = {new string('(', depth)}1{new string(')', depth)}");
        Samples.Fault(string.Concat(Enumerable.Repeat("NOT (", depth)));
        Samples.Fault(string.Concat(Enumerable.Repeat("-(", depth)));
        Samples.Fault($"custom_fields{string.Concat(Enumerable.Repeat(".a", depth))} = 1");
    }

    [Fact]
    public void Size_has_a_limit()
    {
        Assert.Contains("at most 200 comparisons", Samples.Fault(string.Join(" OR ", Enumerable.Repeat("price = 1", 201))).Message, StringComparison.Ordinal);
        Assert.Contains("at most 200 comparisons", Samples.Fault($"price = ({string.Join(" OR ", Enumerable.Repeat("1", 201))})").Message, StringComparison.Ordinal);
        Assert.Contains("at most 10,240 characters", Samples.Fault($"name = \"{new string('a', 10_240)}\"").Message, StringComparison.Ordinal);
        Assert.True(new Specimen { Price = 1 }.Passes(string.Join(" OR ", Enumerable.Repeat("price = 1", 200))));
        Assert.True(new Specimen { Price = 1 }.Passes($"{new string('(', 32)}price = 1{new string(')', 32)}"));
    }

    [Fact]
    public void No_text_makes_the_parser_fail() => Gen.OneOf(
        Gen.String,
        Gen.OneOf("name", "=", "!=", ":", "(", ")", "\"", "'", "*", "-", ".", ",", "AND", "OR", "NOT", "5", "today(", "user.", "custom_fields", "\\", " ", "null").Array[0, 30].Select(string.Concat))
        .Sample(text =>
        {
            var parsed = Filter.Parse(text);
            if (!parsed.IsError)
                _ = parsed.Value.Bind(Specimen.Schema).Error;
        });

    [Theory]
    [InlineData("nme", "There is no field 'nme'. Did you mean 'name'?")]
    [InlineData("name, name desc", "At character 7: 'name' is named twice.")]
    [InlineData("name down", "Write a field, and after it 'desc'")]
    [InlineData("name,", "Write a field")]
    [InlineData("status", "Rows are not sorted by 'status'")]
    [InlineData("name,note,price,count,size,day", "at most 5 fields")]
    public void A_wrong_order_says_what_is_wrong(string order, string expected)
    {
        var parsed = OrderBy.Parse(order);
        var error = parsed.IsError ? parsed.Error : parsed.Value.Bind(Specimen.Schema).Error;
        Assert.Equal(("INVALID_ORDER_BY", "orderBy"), (error?.Code, error?.Violations.Single().Field));
        Assert.Contains(expected, error!.Message, StringComparison.Ordinal);
    }
}
