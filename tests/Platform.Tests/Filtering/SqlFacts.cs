using Microsoft.EntityFrameworkCore;
using Platform.Filtering;
using Platform.Testing;
using Xunit;

namespace Platform.Tests.Filtering;

/// <summary>What is sent to PostgreSQL.</summary>
public sealed class SqlFacts(SpecimenDatabase specimens) : IClassFixture<SpecimenDatabase>
{
    private static readonly FilterContext Context = new(new DateTimeOffset(2026, 5, 31, 12, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc, CallerVariables.None with { Id = Specimens.Ids[0], Teams = Specimens.Ids });

    [Theory]
    [InlineData("price > 5", "s.price > @")]
    [InlineData("name = \"SECRET\"", "s.name = @")]
    [InlineData("name = \"SECRET*\"", "s.name LIKE @")]
    [InlineData("name : \"SECRET\"", "lower(s.name COLLATE \"C\") LIKE @")]
    [InlineData("name : \"ЖSECRET\"", "translate(lower(s.name COLLATE \"C\"), @")]
    [InlineData("name < \"SECRET\"", "s.name COLLATE \"C\" < @")]
    [InlineData("owner_id = user.id", "s.owner_id = @")]
    [InlineData("owner_id : user.teams", "s.owner_id = ANY (@")]
    [InlineData("tags : \"SECRET\"", "@Value = ANY (s.tags)")]
    [InlineData("team_ids : user.teams", "s.team_ids && @")]
    [InlineData("status = LEAD_STATUS_NEW", "s.status = @")]
    [InlineData("create_time >= startOfMonth()", "s.create_time >= @")]
    [InlineData("custom_fields.SECRET = \"SECRET\"", "jsonb_object_field(s.custom_fields, @")]
    [InlineData("amount > \"5 EUR\"", "s.currency = @")]
    [InlineData("worth > 5", "s.amount * s.rate > @")]
    [InlineData("worth:*", "s.amount IS NOT NULL")]
    public void A_value_is_a_parameter(string filter, string expected)
    {
        var sql = Sql(filter);
        var where = sql[sql.IndexOf("WHERE", StringComparison.Ordinal)..];
        Assert.Contains(expected, where, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("price > 5 AND name = \"a\"", "price > 6 AND name = \"b\"")]
    [InlineData("custom_fields.color : \"red\"", "custom_fields.size : \"blue\"")]
    [InlineData("create_time >= 2026-01-01", "create_time >= startOfWeek(-1)")]
    public void One_shape_is_one_statement_whatever_its_values(string left, string right) => Assert.Equal(Statement(left), Statement(right));

    [Fact]
    public void What_depends_on_the_caller_alone_is_decided_before_the_query()
    {
        Assert.EndsWith("s.owner_id = @Value", Statement("user.roles : \"a\" OR owner_id = user.id"), StringComparison.Ordinal);
        Assert.DoesNotContain("owner_id", Statement("user.teams:* OR owner_id = user.id"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_cannot_be_null_is_compared_as_it_is()
    {
        Assert.EndsWith("s.name <> @Value", Statement("name != \"a\""), StringComparison.Ordinal);
        Assert.EndsWith("s.price <= @Value", Statement("NOT price > 5"), StringComparison.Ordinal);
        Assert.EndsWith("s.discount IS NOT NULL AND s.discount <> @Value", Statement("discount != 5"), StringComparison.Ordinal);
    }

    private string Statement(string filter)
    {
        var sql = Sql(filter);
        return sql[sql.IndexOf("SELECT", StringComparison.Ordinal)..];
    }

    private string Sql(string filter)
    {
        using var db = specimens.Open(TestTenants.Acme);
        return db.Specimens.Where(Filter.Parse(filter).Value!.Bind(Specimen.Schema).Value!.ToPredicate(Context)).Select(row => row.Id).ToQueryString();
    }
}
