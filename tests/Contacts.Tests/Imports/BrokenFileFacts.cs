using System.Text;
using Platform.Contacts.V1;
using Xunit;

namespace Contacts.Tests.Imports;

public sealed class BrokenFileFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private const string Header = "First name,Last name,Job title";
    private static readonly string Huge = new('x', 1024 * 1024);
    private readonly Guid _tenant = Guid.CreateVersion7();

    [Fact]
    public async Task A_row_of_a_megabyte_costs_itself_only() =>
        await RejectsAsync((3, "ROW_TOO_LONG"), Header, "Ann,One,a", $"Bob,Two,{Huge}", "Cat,Three,c");

    [Fact]
    public async Task So_does_a_quoted_one_over_many_lines() =>
        await RejectsAsync((3, "ROW_TOO_LONG"), Header, "Ann,One,a", $"Bob,Two,\"{string.Concat(Enumerable.Repeat("many\r\nlines ", 90_000))}\"", "Cat,Three,c");

    [Fact]
    public async Task The_last_row_may_be_too_long_as_well() => await RejectsAsync((4, "ROW_TOO_LONG"), Header, "Ann,One,a", "Cat,Three,c", $"Bob,Two,{Huge}");

    [Fact]
    public async Task A_field_that_is_too_long_is_named() => await RejectsAsync((3, "FIELD_TOO_LONG"), Header, "Ann,One,a", $"Bob,Two,{Huge[..9_000]}", "Cat,Three,c");

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_its_line_only() => await RejectsAsync((3, "BROKEN_QUOTES"), Header, "Ann,One,a", "Bob,\"Two,b", "Cat,Three,c");

    [Fact]
    public async Task Nor_does_one_that_another_field_closes_cost_more() => await RejectsAsync((3, "BROKEN_QUOTES"), Header, "Ann,One,a", "Bob,\"Two,b", "Cat,Three,\"c, d\"");

    [Fact]
    public async Task Nor_one_before_a_megabyte_of_rows()
    {
        var rows = Enumerable.Range(0, 30_000).Select(i => $"First{i},Last{i},Buyer of everything that is offered");
        var summary = await Upload.RestAsync(contacts.Rest(_tenant), Upload.Utf8([Header, "Bob,\"Two,b", .. rows]));
        Assert.Equal((30_000L, 1L), (summary.PeopleCreated, summary.RowsRejected));
        Assert.Equal((2L, "BROKEN_QUOTES"), (summary.Errors[0].Line, summary.Errors[0].Code));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Lines_are_counted_whatever_ends_them(string end)
    {
        var file = Encoding.UTF8.GetBytes(string.Join(end, Header, "Ann,One,a", $"Dan,Four,\"two{end}lines\"", "", "Bob,Two", "Cat,Three,c", ""));
        var summary = await Upload.RestAsync(contacts.Rest(_tenant), file);
        var error = Assert.Single(summary.Errors);
        Assert.Equal((6L, "WRONG_FIELD_COUNT", 3L), (error.Line, error.Code, summary.PeopleCreated));
    }

    private async Task RejectsAsync((long Line, string Code) expected, params string[] lines)
    {
        var summary = await Upload.RestAsync(contacts.Rest(_tenant), Upload.Utf8(lines));
        var error = Assert.Single(summary.Errors);
        Assert.Equal(expected, (error.Line, error.Code));
        var people = await contacts.People(_tenant).ListPeopleAsync(new ListPeopleRequest(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["Ann", "Cat"], people.People.Select(person => person.FirstName).Order(StringComparer.Ordinal));
    }
}
