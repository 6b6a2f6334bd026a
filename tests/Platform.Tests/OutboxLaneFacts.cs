using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.V1;
using Platform.Events;
using Platform.Testing;
using Xunit;

namespace Platform.Tests;

/// <summary>Events of an import and what people wait for meanwhile.</summary>
public sealed class OutboxLaneFacts(SampleService sample) : IClassFixture<SampleService>
{
    private static readonly TimeSpan Generously = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_somebody_waits_for_goes_before_twenty_thousand_events_of_an_import()
    {
        const int Many = 20_000;
        var (import, prompt) = (NewIds(Many), NewIds(5));
        await WhileBusyAsync(async () =>
        {
            await PublishManyAsync(import);
            foreach (var id in prompt)
                await sample.AddNoteAsync(TestTenants.Globex, "waited for", id);
        });
        await Eventually.HoldsAsync(() => sample.Sidecar.Taken.Count(entry => prompt.Contains(About(entry))) == prompt.Count, Generously);
        await Eventually.HoldsAsync(() => sample.Sidecar.Taken.Count(entry => import.Contains(About(entry))) == Many, Generously);
        var order = sample.Sidecar.Taken.Select(About).Where(id => import.Contains(id) || prompt.Contains(id)).ToList();
        Assert.Equal(prompt, order.Take(prompt.Count).ToHashSet());
    }

    [Fact]
    public async Task Neither_lane_waits_until_the_other_is_empty()
    {
        var (import, prompt) = (NewIds(1000), NewIds(900));
        await WhileBusyAsync(async () =>
        {
            await PublishManyAsync(import);
            await sample.InTenantAsync(TestTenants.Acme, async db =>
            {
                foreach (var id in prompt)
                    db.Publish(id, new CompanyDeleted { Id = $"{id}" });
                return await db.SaveChangesAsync();
            });
        });
        await Eventually.HoldsAsync(() => sample.Sidecar.Taken.Count(entry => import.Contains(About(entry)) || prompt.Contains(About(entry))) == 1900, Generously);
        var order = sample.Sidecar.Taken.Select(About).ToList();
        Assert.True(order.FindIndex(prompt.Contains) < order.FindIndex(import.Contains));
        Assert.True(order.FindIndex(import.Contains) < order.FindLastIndex(prompt.Contains));
        Assert.True(order.FindLastIndex(prompt.Contains) < order.FindLastIndex(import.Contains));
    }

    [Fact]
    public async Task Events_of_one_aggregate_keep_their_order_in_whatever_lanes_they_are()
    {
        const int Rounds = 9;
        var (aggregates, others) = (NewIds(30).ToList(), NewIds(1000));
        await WhileBusyAsync(async () =>
        {
            await PublishManyAsync(others);
            for (var round = 0; round < Rounds; round++)
            {
                var isBulk = aggregates.ToLookup(id => (aggregates.IndexOf(id) + round) % 3 != 0);
                await PublishManyAsync(isBulk[true], $"{round}");
                foreach (var id in isBulk[false])
                    await sample.AddNoteAsync(TestTenants.Acme, $"{round}", id);
            }
        });
        await Eventually.HoldsAsync(() => sample.Sidecar.Taken.Count(entry => aggregates.Contains(About(entry))) == Rounds * aggregates.Count, Generously);
        await Eventually.HoldsAsync(() => sample.Sidecar.Taken.Count(entry => others.Contains(About(entry))) == others.Count, Generously);
        var expected = Enumerable.Range(0, Rounds).Select(round => $"{round}").ToList();
        Assert.All(aggregates, id => Assert.Equal(expected, sample.Sidecar.Taken.Where(entry => About(entry) == id).Select(Text)));
    }

    [Fact]
    public async Task An_event_that_the_broker_refuses_holds_back_later_ones_of_its_aggregate_in_both_lanes()
    {
        var id = Guid.CreateVersion7();
        sample.Sidecar.Refused[$"poison {id}"] = true;
        await PublishManyAsync([id], $"poison {id}");
        await sample.AddNoteAsync(TestTenants.Acme, "wakes the relay");
        await Eventually.HoldsAsync(() => sample.Database.QueryAsync<bool>($"SELECT EXISTS (SELECT FROM outbox_messages WHERE aggregate_id = '{id}' AND attempts > 0)"));
        await PublishManyAsync([id], "bulk behind it");
        var healthy = Guid.CreateVersion7();
        await PublishManyAsync([healthy], "bulk of another");
        await sample.AddNoteAsync(TestTenants.Acme, "prompt behind it", id);
        await Eventually.HoldsAsync(() => sample.Sidecar.Taken.Any(entry => About(entry) == healthy));
        Assert.DoesNotContain(sample.Sidecar.Taken, entry => About(entry) == id);
        sample.Sidecar.Refused.TryRemove($"poison {id}", out _);
        await sample.Database.ExecuteAsync($"UPDATE outbox_messages SET next_attempt_time = now() WHERE aggregate_id = '{id}'");
        await sample.AddNoteAsync(TestTenants.Acme, "wakes the relay");
        await Eventually.HoldsAsync(() => sample.Sidecar.Taken.Count(entry => About(entry) == id) == 3);
        Assert.Equal([$"poison {id}", "bulk behind it", "prompt behind it"], sample.Sidecar.Taken.Where(entry => About(entry) == id).Select(Text));
    }

    private static HashSet<Guid> NewIds(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];

    private static Guid About(Dapr.Client.Autogen.Grpc.v1.BulkPublishRequestEntry entry) => Guid.Parse(entry.Metadata["partitionKey"]);

    private static string Text(Dapr.Client.Autogen.Grpc.v1.BulkPublishRequestEntry entry) =>
        System.Text.Json.JsonDocument.Parse(entry.Event.ToByteArray()).RootElement.GetProperty("data").GetProperty("id").GetString()!;

    private Task<int> PublishManyAsync(IEnumerable<Guid> ids, string text = "imported") => sample.InTenantAsync(TestTenants.Acme, async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var written = await db.PublishManyAsync(ids.Select(id => (id, (IMessage)new CompanyDeleted { Id = text })), CancellationToken.None);
        await transaction.CommitAsync();
        return written;
    });

    // The relay waits for the answer to a batch of one meanwhile: what is written waits in the outbox all together.
    private async Task WhileBusyAsync(Func<Task> write)
    {
        var held = sample.Sidecar.Held;
        var gate = sample.Sidecar.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await sample.AddNoteAsync(TestTenants.Acme, "keeps the relay busy");
            await Eventually.HoldsAsync(() => sample.Sidecar.Held > held);
            await write();
        }
        finally
        {
            sample.Sidecar.Gate = null;
            gate.SetResult();
        }
    }
}
