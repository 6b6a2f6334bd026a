using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Platform.Search;
using Platform.Search.Index;
using Platform.Tenancy;
using Xunit;

namespace Search.Tests;

/// <summary>Under the tenant's policy, words are found by the key of their table and not by reading it.</summary>
public sealed class PlanFacts(SearchFixture search) : IClassFixture<SearchFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_beginning_and_a_close_word_are_ranges_of_the_key()
    {
        await AddManyAsync();
        await using var scope = search.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(_tenant, "test");
        var db = scope.ServiceProvider.GetRequiredService<SearchDbContext>();
        var query = new IndexQuery([new Term("word12", ["wort13"])], ["=word14"], ["77"], ["contacts.person/last_name"], After: null, Limit: 20);
        var plan = await PlanAsync(db, db.Database.SqlQuery<FoundEntry>(FoundEntries.Of(db, TenantIndex.First, query)));
        Assert.DoesNotContain("Seq Scan on search_words", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on search_entries", plan, StringComparison.Ordinal);
        Assert.Equal(4, plan.Split('\n').Count(line => line.Contains("Index Cond", StringComparison.Ordinal) && line.Contains("word", StringComparison.Ordinal) && line.Contains("tenant_id", StringComparison.Ordinal)));
    }

    // Statistics of all rows, not of some that are taken at random.
    private Task AddManyAsync() => search.Database.ExecuteAsync(
        $"""
        INSERT INTO search_words (tenant_id, generation, word, field, record_id, weight)
        SELECT CASE WHEN i % 2 = 0 THEN '{_tenant}'::uuid ELSE '{Guid.CreateVersion7()}' END, 1, 'word' || i, 'contacts.person/last_name', gen_random_uuid(), 10 FROM generate_series(1, 20000) AS i;
        INSERT INTO search_entries (tenant_id, generation, record_id, resource, as_of, texts)
        SELECT tenant_id, 1, record_id, 'contacts.person', now(), '{"{}"}' FROM search_words WHERE word LIKE 'word%';
        SET default_statistics_target = 1000; ANALYZE search_words; ANALYZE search_entries; RESET default_statistics_target
        """);

    private static async Task<string> PlanAsync<T>(SearchDbContext db, IQueryable<T> query)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await using var command = query.CreateDbCommand();
        (command.CommandText, command.Transaction) = ($"EXPLAIN {command.CommandText}", transaction.GetDbTransaction());
        var plan = new StringBuilder();
        await using var reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
            plan.AppendLine(reader.GetString(0));
        return plan.ToString();
    }
}
