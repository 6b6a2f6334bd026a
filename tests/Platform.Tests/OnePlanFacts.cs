using Microsoft.EntityFrameworkCore;
using Platform.Paging;
using Platform.Testing;
using Xunit;

namespace Platform.Tests;

/// <summary>Lists that nothing narrows but the tenant keep their plan: docs/adr/0047.</summary>
public sealed class OnePlanFacts(SampleService sample) : IClassFixture<SampleService>
{
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
}
