using Platform.Contacts.ContactPoints;
using Xunit;

namespace Contacts.Tests.ContactPoints;

public sealed class PhoneTextFacts
{
    [Theory]
    [InlineData("+49 (30) 1234567", "", "+49301234567")]
    [InlineData("0049 30 1234567", "", "+49301234567")]
    [InlineData("030 1234567", "DE", "+49301234567")]
    [InlineData("8 (916) 123-45-67", "RU", "+79161234567")]
    [InlineData("+49 30 1234567", "FR", "+49301234567")]
    [InlineData("030 1234567", "", null)]
    [InlineData("030 1234567", "XX", null)]
    [InlineData("12", "DE", null)]
    [InlineData("+", "DE", null)]
    [InlineData("ask Anna", "DE", null)]
    [InlineData("", "DE", null)]
    public void A_number_is_understood_by_what_it_begins_with_or_by_the_country(string typed, string country, string? number) => Assert.Equal(number, PhoneText.ToE164(typed, country));

    [Theory]
    [InlineData("030 1234", "%301234%")]
    [InlineData("+49 (30) 12", "%493012%")]
    [InlineData("123", null)]
    [InlineData("Route 1234", null)]
    public void What_is_searched_is_a_part_of_a_number_where_it_has_nothing_else(string query, string? pattern) => Assert.Equal(pattern, PhoneText.Pattern(query));
}
