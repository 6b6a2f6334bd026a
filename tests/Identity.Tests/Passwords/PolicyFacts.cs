using Platform.Identity.Passwords;
using Platform.Identity.Realms;
using Xunit;

namespace Platform.Identity.Tests.Passwords;

public sealed class PolicyFacts
{
    private static readonly UserDocument Sam = new() { Id = "1", Username = "sam@acme.example", Email = "sam.s@acme.example", FirstName = "Samuel", LastName = "Стоун" };

    [Theory]
    [InlineData("length(12)", "eleven char", "password_too_short")]
    [InlineData("maxLength(13)", "fourteen chars", "password_too_long")]
    [InlineData("digits(2)", "has 1 digit only", "password_needs_digits")]
    [InlineData("upperCase(1)", "only small letters", "password_needs_upper_case")]
    [InlineData("lowerCase(1)", "ONLY CAPITAL LETTERS", "password_needs_lower_case")]
    [InlineData("specialChars(1)", "NoSignsInThisOne", "password_needs_special_characters")]
    [InlineData("notUsername(undefined)", "SAM@acme.example", "password_is_user_name")]
    [InlineData("notEmail(undefined)", "Sam.S@acme.example", "password_is_email")]
    [InlineData("notContainsUsername(undefined)", "it is sam@acme.example!", "password_is_user_name")]
    [InlineData("regexPattern(^[a-z ]+$)", "Not of the pattern", "password_not_of_the_pattern")]
    [InlineData("length(12) and digits(1) and notUsername", "no digit but long", "password_needs_digits")]
    [InlineData("length(8)", "password1234", "password_common")]
    [InlineData("length(8)", "QwertyUiop!!", "password_common")]
    [InlineData("length(8)", "passwordpassword", "password_common")]
    [InlineData("length(8)", "123456789012", "password_common")]
    [InlineData("length(8)", "aaaaaaaaaaaaa", "password_common")]
    [InlineData("length(12)", "ChickenWing101", "password_common")]
    [InlineData("passwordBlacklist(platform.txt)", "ghbdtnrfrltkf", "password_common")]
    [InlineData("length(8)", "Northwind-Bikes-2026", "password_context")]
    [InlineData("length(8)", "samuel.стоун.1984", "password_context")]
    [InlineData("length(8)", "CRM*Admin*2026", "password_context")]
    [InlineData("length(8)", "northwind bikes never rust", null)]
    [InlineData("length(12) and maxLength(128) and notUsername and notEmail", "a small green boat", null)]
    [InlineData(null, "short", null)]
    public void A_password_is_refused_by_the_first_rule_that_it_breaks(string? policy, string password, string? code) =>
        Assert.Equal(code, Policy(policy).Check(Sam, password)?.Code);

    [Fact]
    public void Former_passwords_do_not_come_back_within_the_history()
    {
        var policy = Policy("passwordHistory(2)");
        var user = Sam with
        {
            Credentials =
            [
                PasswordHash.Create("the one in use", DateTimeOffset.FromUnixTimeSeconds(3)),
                PasswordHash.Create("the one before", DateTimeOffset.FromUnixTimeSeconds(2)) with { Type = CredentialTypes.PasswordHistory },
                PasswordHash.Create("long forgotten", DateTimeOffset.FromUnixTimeSeconds(1)) with { Type = CredentialTypes.PasswordHistory },
            ],
        };

        Assert.Equal("password_used_before", policy.Check(user, "the one in use")?.Code);
        Assert.Equal("password_used_before", policy.Check(user, "the one before")?.Code);
        Assert.Null(policy.Check(user, "long forgotten"));
    }

    [Fact]
    public void A_rule_that_is_not_known_stops_the_start()
    {
        Assert.Throws<StartupException>(() => Policy("length(8) and mustRhyme(2)"));
        Assert.Throws<StartupException>(() => Policy("length(8) and passwordBlacklist(other.txt)"));
    }

    [Fact]
    public void The_list_has_three_thousand_passwords_that_are_long_enough_to_be_chosen() => Assert.True(CommonPasswords.CountFrom(12) > 3000);

    private static PasswordPolicy Policy(string? policy) => new(new Realm(
        new RealmDocument
        {
            Realm = "test",
            PasswordPolicy = policy,
            Users = [Sam],
            Organizations = [new() { Id = "2", Name = "northwind", Alias = "northwind", Description = "Northwind Bikes", Members = [new() { Username = Sam.Username }] }],
        },
        ""));
}
