using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace Platform.Tests;

public sealed class OutboxFacts(SampleService sample) : IClassFixture<SampleService>
{
    [Fact]
    public async Task An_event_reaches_the_broker_with_its_change_and_in_the_order_of_its_aggregate()
    {
        var aggregate = Guid.CreateVersion7();
        var texts = Enumerable.Range(0, 50).Select(i => $"ordered {aggregate} {i}").ToList();
        foreach (var text in texts)
            await sample.AddNoteAsync(TestTenants.Acme, text, aggregate);
        await Eventually.HoldsAsync(() => Of(aggregate).Count == texts.Count);
        Assert.Equal(texts, Of(aggregate).Select(envelope => envelope.GetProperty("data").GetProperty("id").GetString()));
        Assert.All(Of(aggregate), envelope =>
        {
            Assert.Equal("platform.contacts.v1.CompanyDeleted", envelope.GetProperty("type").GetString());
            Assert.Equal(TestTenants.Acme, envelope.GetProperty("tenantid").GetGuid());
        });
    }

    [Fact]
    public async Task A_refused_event_holds_back_its_own_aggregate_only()
    {
        Guid poisoned = Guid.CreateVersion7(), healthy = Guid.CreateVersion7();
        sample.Sidecar.Refused[$"poison {poisoned}"] = true;
        await sample.AddNoteAsync(TestTenants.Acme, $"poison {poisoned}", poisoned);
        await Eventually.HoldsAsync(async () => await AttemptsAsync(poisoned) > 0);
        await sample.AddNoteAsync(TestTenants.Acme, "behind the poison", poisoned);
        await sample.AddNoteAsync(TestTenants.Globex, "healthy", healthy);
        await Eventually.HoldsAsync(() => Of(healthy).Count == 1);
        Assert.Empty(Of(poisoned));
        sample.Sidecar.Refused.TryRemove($"poison {poisoned}", out _);
        await sample.Database.ExecuteAsync($"UPDATE outbox_messages SET next_attempt_time = now() WHERE aggregate_id = '{poisoned}'");
        await sample.AddNoteAsync(TestTenants.Acme, "wakes the relay");
        await Eventually.HoldsAsync(() => Of(poisoned).Count == 2);
    }

    [Fact]
    public async Task Nothing_is_lost_while_the_sidecar_is_down()
    {
        var aggregate = Guid.CreateVersion7();
        sample.Sidecar.Down = true;
        await sample.AddNoteAsync(TestTenants.Acme, "while down", aggregate);
        Assert.Empty(Of(aggregate));
        sample.Sidecar.Down = false;
        await Eventually.HoldsAsync(() => Of(aggregate).Count == 1);
        await Eventually.HoldsAsync(async () => await sample.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE aggregate_id = '{aggregate}'") == 0);
    }

    private Task<int> AttemptsAsync(Guid aggregate) =>
        sample.Database.QueryAsync<int>($"SELECT coalesce(max(attempts), 0) FROM outbox_messages WHERE aggregate_id = '{aggregate}'");

    private List<JsonElement> Of(Guid aggregate) => [.. sample.Sidecar.Taken
        .Where(entry => entry.Metadata["partitionKey"] == aggregate.ToString())
        .Select(entry => JsonDocument.Parse(entry.Event.ToByteArray()).RootElement)];
}
