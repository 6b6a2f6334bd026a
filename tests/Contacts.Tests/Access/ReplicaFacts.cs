using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Caching;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Access;

/// <summary>An event comes to one replica of a service; what it changes holds in all.</summary>
public sealed class ReplicaFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>, IAsyncLifetime
{
    // Those alone: a connection of the pool that has told of a change is one that the next request is made with.
    private const string KillListeners = """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND (query LIKE 'LISTEN platform_replicas%' OR query LIKE '%pg_listening_channels%')
        """;

    private readonly Guid _tenant = Guid.CreateVersion7();
    private readonly Guid _user = Guid.CreateVersion7();
    private WebApplicationFactory<Program> _replica = null!;

    public ValueTask InitializeAsync()
    {
        _replica = contacts.StartReplica();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _replica.DisposeAsync();

    [Fact]
    public async Task A_change_of_rights_reaches_every_replica_within_two_seconds()
    {
        await BothHearAsync();
        using var first = contacts.Rest(TestTokens.ForPerson(_tenant, _user));
        using var second = contacts.Rest(TestTokens.ForPerson(_tenant, _user), _replica);
        await BothAnswerAsync(first, second, HttpStatusCode.OK, await ChangeAsync(1, "contacts.read"));
        await BothAnswerAsync(first, second, HttpStatusCode.Forbidden, await ChangeAsync(2));
        await BothAnswerAsync(first, second, HttpStatusCode.OK, await ChangeAsync(3, "contacts.read"));
    }

    [Fact]
    public async Task A_change_is_known_in_time_though_the_connection_that_hears_of_it_was_cut()
    {
        await BothHearAsync();
        using var first = contacts.Rest(TestTokens.ForPerson(_tenant, _user));
        using var second = contacts.Rest(TestTokens.ForPerson(_tenant, _user), _replica);
        await BothAnswerAsync(first, second, HttpStatusCode.OK, await ChangeAsync(1, "contacts.read"));
        Assert.True(await contacts.Database.QueryAsync<long>(KillListeners) >= 2);
        await BothAnswerAsync(first, second, HttpStatusCode.Forbidden, await ChangeAsync(2));
        // And it is listened again.
        await BothHearAsync();
        await BothAnswerAsync(first, second, HttpStatusCode.OK, await ChangeAsync(3, "contacts.read"));
    }

    private Task BothHearAsync() => Eventually.HoldsAsync(() => new[] { contacts.Services, _replica.Services }.All(services => services.GetRequiredService<ReplicaSignal>().IsHearing));

    private async Task<long> ChangeAsync(long version, params string[] permissions)
    {
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access { UserId = $"{_user}", Version = version, Permissions = { permissions } });
        var start = Stopwatch.GetTimestamp();
        Assert.Equal("SUCCESS", await contacts.DeliverAsync(_tenant, new AccessChanged { Version = version }));
        return start;
    }

    private static async Task BothAnswerAsync(HttpClient first, HttpClient second, HttpStatusCode status, long since)
    {
        foreach (var client in new[] { first, second })
            await Eventually.HoldsAsync(async () => (await client.GetAsync(new Uri("/api/v1/contacts/people", UriKind.Relative))).StatusCode == status, Eventually.Promptly - Stopwatch.GetElapsedTime(since));
    }
}
