using Dapr.Conformance.Harness;
using Microsoft.AspNetCore.Builder;

namespace Dapr.Conformance.PubSub;

/// <summary>Several who listen to one topic, and one who was away (contract §1.7).</summary>
public abstract class SharingTests(PubSubSetup setup)
{
    private readonly string _id = Guid.NewGuid().ToString("N");

    // Not the id: an envelope names its topic, and what only asks whether the subscription has begun would count as a message of the test.
    private readonly string _run = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apps_hear_everything_and_processes_of_one_app_share_it()
    {
        var topic = $"shared-{_run}";
        var inboxes = (Inbox[])[new(), new(), new()];
        await using var first = await ListenAsync("workers", topic, inboxes[0]);
        await using var second = await ListenAsync("workers", topic, inboxes[1]);
        await using var other = await ListenAsync("auditor", topic, inboxes[2]);
        await PubSubSetup.HearsAsync(other, inboxes[2], topic);

        await Parallel.ForEachAsync(Enumerable.Range(0, 100), Cancel, async (number, token) =>
            await setup.Dapr.PublishEventAsync(PubSubSetup.PubSub, topic, new Order(_id, number), token));

        await inboxes[2].WaitForCountAsync(topic, _id, 100);
        await Eventually.Holds(() => Numbers(topic, inboxes[0], inboxes[1]).Distinct().Count() == 100, "the workers have everything");
        Assert.Equal(Enumerable.Range(0, 100), Numbers(topic, inboxes[0], inboxes[1]));
    }

    [Fact]
    public async Task What_is_published_while_an_app_is_away_waits_for_it()
    {
        var topic = $"waiting-{_run}";
        var inbox = new Inbox();
        await using (var here = await ListenAsync("sleeper", topic, inbox))
        {
            await PubSubSetup.HearsAsync(here, inbox, topic);
            Assert.Equal(0, await here.StopAsync());
        }

        foreach (var number in Enumerable.Range(0, 20))
            await setup.Dapr.PublishEventAsync(PubSubSetup.PubSub, topic, new Order(_id, number), Cancel);

        await using var again = await ListenAsync("sleeper", topic, inbox);
        await inbox.WaitForCountAsync(topic, _id, 20);
        Assert.Equal(Enumerable.Range(0, 20), Numbers(topic, inbox));
    }

    [Fact]
    public async Task What_a_killed_sidecar_was_delivering_comes_again()
    {
        var topic = $"interrupted-{_run}";
        var inbox = new Inbox();
        var held = new SemaphoreSlim(0);
        await using var sidecar = await ListenAsync("interrupted", topic, inbox, async word =>
        {
            if (word.Contains(_id, StringComparison.Ordinal))
                await held.WaitAsync(TimeSpan.FromSeconds(30));
        });
        await PubSubSetup.HearsAsync(sidecar, inbox, topic);
        await setup.Dapr.PublishEventAsync(PubSubSetup.PubSub, topic, new Order(_id, 1), Cancel);
        await inbox.WaitForAsync(topic, _id);
        await sidecar.Process.KillAsync();
        held.Release(1000);
        await sidecar.StartAsync();
        await inbox.WaitForCountAsync(topic, _id, 2);
    }

    private static IEnumerable<int> Numbers(string topic, params Inbox[] inboxes) =>
        inboxes.SelectMany(inbox => inbox.With(topic, "amount")).Select(request => request.Json["data"]!["amount"]).OfType<System.Text.Json.Nodes.JsonNode>().Select(node => (int)node).Order();

    private async Task<Sidecar> ListenAsync(string appId, string topic, Inbox inbox, Func<string, Task>? before = null)
    {
        var app = new App(host =>
        {
            host.MapSubscribeHandler();
            host.MapPost("/on", async context =>
            {
                await inbox.NoteAsync(topic, context);
                if (before is not null)
                    await before(inbox[topic].Last().Text);
            }).WithTopic(PubSubSetup.PubSub, topic);
        });
        await app.StartAsync();
        var sidecar = new Sidecar(appId, app).Component(PubSubSetup.PubSub, setup.Type, [.. setup.Server, .. setup.Redelivery]);
        await sidecar.StartAsync();
        return sidecar;
    }
}
