using Platform.Sidecar.Tests.Harness;
using Platform.TestServers;

namespace Platform.Sidecar.Tests.Kafka;

[Collection("Kafka")]
public sealed class KafkaFaultTests : IDisposable
{
    private const string Topic = "deals";

    private readonly MockKafka _kafka = new();

    public KafkaFaultTests() => _kafka.Create(Topic, 4);

    public void Dispose() => _kafka.Dispose();

    [Fact]
    public Task Nothing_accepted_is_lost_and_order_is_kept_when_the_broker_goes_and_comes_back() => GoesAndComesBack(TimeSpan.Zero);

    [Fact]
    [Trait("category", "long")]
    public Task Nothing_accepted_is_lost_and_order_is_kept_when_the_broker_is_away_for_a_minute() => GoesAndComesBack(Outage.Minute);

    [Fact]
    public async Task Nothing_accepted_is_lost_and_order_is_kept_when_the_sidecar_is_killed()
    {
        await using var stack = await _kafka.Stack();
        var app = await Subscriber(stack);
        using var flood = new Flood(stack, "app", Topic, hasKeys: true);
        for (var kills = 1; kills <= 2; kills++)
        {
            var (accepted, arrived) = (flood.Accepted, app.Events.Count);
            await Eventually.Holds(() => flood.Accepted > accepted + 50 && app.Events.Count > arrived + 10, "publishing and delivery are under way", 30);
            await stack.Sidecar.Kill();
            await stack.Start();
        }

        await flood.HasArrived(app);
        Flood.HasKeptOrder(app);
    }

    private async Task GoesAndComesBack(TimeSpan away)
    {
        await using var stack = await _kafka.Stack();
        var app = await Subscriber(stack);
        using var flood = new Flood(stack, "app", Topic, hasKeys: true);
        await Eventually.Holds(() => flood.Accepted > 50 && app.Events.Count > 10, "publishing and delivery are under way");

        _kafka.Stop();
        await Eventually.Holds(() => flood.Refused > 0, "publishing fails", 30);
        await Outage.Lasts(away);
        _kafka.Start();
        var accepted = flood.Accepted;
        await Eventually.Holds(() => flood.Accepted > accepted + 50, "publishing goes on", 60);

        await flood.HasArrived(app);
        Flood.HasKeptOrder(app);
    }

    private static async Task<TestApp> Subscriber(TestStack stack)
    {
        var app = await stack.App("app").Subscribe(Topic).Start();
        app.OnEvent = (_, _) => Flood.Work();
        await stack.Start();
        return app;
    }
}
