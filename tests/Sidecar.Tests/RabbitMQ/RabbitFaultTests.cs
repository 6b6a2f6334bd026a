using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.RabbitMQ;

[Collection("RabbitMQ")]
public sealed class RabbitFaultTests(RabbitFixture rabbit)
{
    private readonly string _topic = rabbit.Topic();

    [Fact]
    public Task Nothing_accepted_is_lost_when_the_server_goes_and_comes_back() => GoesAndComesBack(TimeSpan.Zero);

    [Fact]
    [Trait("category", "long")]
    public Task Nothing_accepted_is_lost_when_the_server_is_away_for_a_minute() => GoesAndComesBack(Outage.Minute);

    [Fact]
    [Trait("category", "long")]
    public async Task Nothing_accepted_is_lost_when_the_server_is_killed()
    {
        await using var stack = await Stack();
        var app = await Subscriber(stack);
        using var flood = new Flood(stack, "app", _topic);
        await Eventually.Holds(() => flood.Accepted > 50 && app.Events.Count > 10, "publishing and delivery are under way");

        await rabbit.Server.KillAsync();
        await rabbit.Server.StartAgainAsync();
        var accepted = flood.Accepted;
        await Eventually.Holds(() => flood.Accepted > accepted + 50, "publishing goes on");

        await flood.HasArrived(app);
    }

    [Fact]
    public async Task Nothing_accepted_is_lost_when_the_sidecar_is_killed()
    {
        await using var stack = await Stack();
        var app = await Subscriber(stack);
        using var flood = new Flood(stack, "app", _topic);
        for (var kills = 1; kills <= 3; kills++)
        {
            var (accepted, arrived) = (flood.Accepted, app.Events.Count);
            await Eventually.Holds(() => flood.Accepted > accepted + 50 && app.Events.Count > arrived + 10, "publishing and delivery are under way");
            await stack.Sidecar.Kill();
            await stack.Start();
        }

        await flood.HasArrived(app);
        await rabbit.Holds($"app-{_topic}", 0);
    }

    private async Task GoesAndComesBack(TimeSpan away)
    {
        await using var stack = await Stack();
        var app = await Subscriber(stack);
        using var flood = new Flood(stack, "app", _topic);
        await Eventually.Holds(() => flood.Accepted > 50 && app.Events.Count > 10, "publishing and delivery are under way");

        await rabbit.Server.StopAsync();
        await Eventually.Holds(() => flood.Refused > 0, "publishing fails");
        await Outage.Lasts(away);
        await rabbit.Server.StartAgainAsync();
        var accepted = flood.Accepted;
        await Eventually.Holds(() => flood.Accepted > accepted + 50, "publishing goes on", 60);

        await flood.HasArrived(app);
        await rabbit.Holds($"app-{_topic}", 0);
    }

    private Task<TestStack> Stack() => rabbit.Stack(("prefetchCount", "20"));

    private async Task<TestApp> Subscriber(TestStack stack)
    {
        var app = await stack.App("app").Subscribe(_topic).Start();
        app.OnEvent = (_, _) => Flood.Work();
        await stack.Start();
        await rabbit.Consumed($"app-{_topic}");
        return app;
    }
}
