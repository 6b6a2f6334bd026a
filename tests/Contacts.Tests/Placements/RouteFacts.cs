using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Tenancy.Placements;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Placements;

/// <summary>What a process keeps of tenants' databases may be old: no caller is to notice.</summary>
public sealed class RouteFacts(MovableContacts contacts) : IClassFixture<MovableContacts>
{
    private const string People = "/api/v1/contacts/people";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_that_died_in_the_pool_fail_neither_a_read_nor_a_write()
    {
        var tenant = Guid.CreateVersion7();
        using var rest = contacts.Rest(PeopleToken(tenant));
        await CreateAsync(rest);
        await contacts.MoveAsync(tenant, PlacementLevel.Database, cancellationToken: Token);
        await ListAtOnceAsync(rest);
        await KillAsync(tenant);
        await CreateAsync(rest);
        await ListAtOnceAsync(rest);
        await KillAsync(tenant);
        await ListAtOnceAsync(rest);
    }

    [Fact]
    public async Task A_database_that_is_dropped_before_the_refused_transaction_is_rolled_back_is_left_all_the_same()
    {
        var tenant = Guid.CreateVersion7();
        using var rest = contacts.Rest(PeopleToken(tenant));
        await CreateAsync(rest);
        await contacts.MoveAsync(tenant, PlacementLevel.Database, cancellationToken: Token);
        var (databases, database) = (contacts.Services.GetRequiredService<TenantDatabases>(), await contacts.DatabaseOfAsync(tenant));
        await using var connection = new NpgsqlConnection();
        await databases.OpenInAsync(connection, database, Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand($"CALL platform.set_tenant('{tenant}')", connection);
        await contacts.InDatabaseAsync(database, $"UPDATE platform.placements SET confirmed = false WHERE tenant_id = '{tenant}'");
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Token));
        Assert.True(databases.IsElsewhere(connection, refusal));
        await contacts.Database.QueryAsync<bool>($"SELECT pg_terminate_backend({connection.ProcessID}, 10000)");
        await databases.FollowAsync(connection, tenant, refusal, isHarmless: true, Token);
        Assert.Equal(database, connection.Database);
        Assert.Equal(System.Data.ConnectionState.Open, connection.State);
    }

    [Fact]
    [Trait("category", "long")]
    public async Task A_process_that_missed_a_move_there_and_back_finds_the_new_database_under_the_old_name()
    {
        var tenant = Guid.CreateVersion7();
        // Pools of one process are told apart by their settings only: this is another's, so to speak.
        await using var first = contacts.StartReplica();
        await using var replica = first.WithWebHostBuilder(host => host.UseSetting("TenantDatabases:Connections", "3"));
        replica.StartServer();
        using var rest = contacts.Rest(PeopleToken(tenant), replica);
        await CreateAsync(rest);
        foreach (var level in (PlacementLevel[])[PlacementLevel.Database, PlacementLevel.Shared, PlacementLevel.Database])
        {
            await contacts.MoveAsync(tenant, level, cancellationToken: Token);
            if (level == PlacementLevel.Database)
                await ListAtOnceAsync(rest);
        }

        await CreateAsync(rest);
        Assert.Equal(2, (await rest.GetFromJsonAsync<PeopleAnswer>(People, Token))!.People.Count);
    }

    [Fact]
    public async Task A_company_whose_database_is_gone_is_refused_in_its_language_and_the_log_says_once_what_is_wrong()
    {
        var (tenant, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using var rest = contacts.Rest(PeopleToken(tenant));
        using var others = contacts.Rest(PeopleToken(other));
        await CreateAsync(rest);
        await contacts.MoveAsync(tenant, PlacementLevel.Database, cancellationToken: Token);
        await ListAtOnceAsync(rest);
        var database = await contacts.DatabaseOfAsync(tenant);
        await contacts.Database.ExecuteAsync($"DROP DATABASE \"{database}\" WITH (FORCE)");
        rest.DefaultRequestHeaders.Add("Accept-Language", "ru");
        for (var i = 0; i < 4; i++)
        {
            using var read = await rest.GetAsync(new Uri(People, UriKind.Relative), Token);
            using var written = await rest.PostAsJsonAsync(People, new { lastName = "Somebody" }, Token);
            foreach (var answer in new[] { read, written })
            {
                var body = await answer.Content.ReadAsStringAsync(Token);
                Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.Contains("TENANT_DATA_UNAVAILABLE", body, StringComparison.Ordinal);
                Assert.Contains("Данные вашей компании", System.Text.RegularExpressions.Regex.Unescape(body), StringComparison.Ordinal);
                Assert.DoesNotContain(database, body, StringComparison.Ordinal);
            }
        }

        await CreateAsync(others);
        Assert.Contains($"{tenant}", Assert.Single(contacts.Missing.Lines, line => line.Contains(database, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static string PeopleToken(Guid tenant) =>
        TestTokens.ForPerson(tenant, Guid.CreateVersion7(), "contacts.read", "contacts.write");

    private static async Task CreateAsync(HttpClient rest)
    {
        using var answer = await rest.PostAsJsonAsync(People, new { lastName = "Somebody" }, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    // As many as the pool has connections, and more.
    private static async Task ListAtOnceAsync(HttpClient rest)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => rest.GetAsync(new Uri(People, UriKind.Relative), Token)));
        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}"));
    }

    private async Task KillAsync(Guid tenant) => await contacts.Database.QueryAsync<long>(
        $"SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE datname = '{await contacts.DatabaseOfAsync(tenant)}'");

    private sealed record PeopleAnswer(IReadOnlyList<object> People);
}
