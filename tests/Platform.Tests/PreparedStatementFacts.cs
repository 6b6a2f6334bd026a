using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Paging;
using Platform.Testing;
using Xunit;

namespace Platform.Tests;

/// <summary>Connections keep statements prepared; a value that the server refuses must not spoil one for who comes next.</summary>
public sealed class PreparedStatementFacts(SampleService sample) : IClassFixture<SampleService>
{
    // PostgreSQL has no NUL in a text, and says so when it is given one, before the statement begins.
    private const string Refused = "\0";

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public async Task A_refused_value_spoils_nothing_for_the_next_use(int usesBefore)
    {
        // A statement of this case alone, as its use is counted.
        Task<int> CountAsync(string text) => sample.InTenantAsync(TestTenants.Acme, db =>
            db.Notes.TagWith($"after {usesBefore}").CountAsync(note => note.Text == text));

        for (var round = 0; round < 3; round++)
        {
            for (var use = 0; use < usesBefore; use++)
                await CountAsync("nothing");
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => CountAsync(Refused));
            Assert.Equal(PostgresErrorCodes.CharacterNotInRepertoire, refusal.SqlState);
        }

        for (var use = 0; use < 10; use++)
            Assert.Equal(0, await CountAsync("nothing"));
    }

    [Fact]
    public async Task A_save_that_is_refused_spoils_nothing_for_the_next_one()
    {
        for (var save = 1; save <= 20; save++)
        {
            if (save % 5 == 0)
                Assert.IsType<PostgresException>((await Assert.ThrowsAsync<DbUpdateException>(() => AddTwoAsync(Refused))).InnerException);
            else
                await AddTwoAsync("kept");
        }
    }

    [Fact]
    public Task The_plan_of_a_list_that_nothing_narrows_is_kept_and_other_statements_are_planned_as_before() => sample.InTenantAsync(TestTenants.Acme, async db =>
    {
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        for (var use = 0; use < 10; use++)
        {
            Assert.False((await db.Notes.ToPageAsync(0, "", "all", TestContext.Current.CancellationToken)).IsError);
            Assert.False((await db.Notes.Where(note => note.Text != "").ToPageAsync(0, "", "some", TestContext.Current.CancellationToken)).IsError);
        }

        Assert.Equal(0, await PlansAsync(isNarrowed: false));
        Assert.True(await PlansAsync(isNarrowed: true) > 0);
        Assert.Equal("auto", await db.Database.SqlQuery<string>($"SELECT current_setting('plan_cache_mode') AS \"Value\"").SingleAsync(TestContext.Current.CancellationToken));
        return 0;

        // How often a plan was made for the values of one call.
        Task<long> PlansAsync(bool isNarrowed) => db.Database.SqlQuery<long>(
            $"SELECT sum(custom_plans)::bigint AS \"Value\" FROM pg_prepared_statements WHERE statement LIKE '%FROM notes AS%ORDER BY%' AND statement LIKE '%text <>%' = {isNarrowed}").SingleAsync(TestContext.Current.CancellationToken);
    });

    private Task<int> AddTwoAsync(string second) => sample.InTenantAsync(TestTenants.Acme, async db =>
    {
        db.Notes.AddRange(new Note { Text = "kept" }, new Note { Text = second });
        return await db.SaveChangesAsync();
    });
}
