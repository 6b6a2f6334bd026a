using Dapr.Client;
using Dapr.Conformance.Harness;

namespace Dapr.Conformance.PubSub;

/// <summary>Events that are refused, expired, or come while nobody listens (contract §1.7).</summary>
public abstract class FailureTests(PubSubSetup setup)
{
    private const string PubSub = PubSubSetup.PubSub;

    private readonly DaprClient _dapr = setup.Dapr;
    private readonly Inbox _inbox = setup.Inbox;
    private readonly string _id = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("retries")]
    [InlineData("stumbles")]
    public async Task What_the_app_cannot_do_now_comes_again(string topic)
    {
        await PublishAsync(topic);
        await _inbox.WaitForCountAsync(topic, _id, 3);
        Assert.Single(_inbox.With(topic, _id).Select(request => (string)request.Json["id"]!).Distinct());
        await Eventually.Never(() => _inbox.With(topic, _id).Count > 3, "it came again after it was taken");
    }

    [Fact]
    public async Task An_answer_that_is_none_is_a_refusal()
    {
        await PublishAsync("babbles");
        await _inbox.WaitForCountAsync("babbles", _id, 2);
    }

    [Theory]
    [InlineData("says-nothing")]
    [InlineData("says-empty")]
    [InlineData("says-text")]
    public async Task Any_good_status_without_another_word_is_success(string topic)
    {
        await PublishAsync(topic);
        await _inbox.WaitForAsync(topic, _id);
        await Eventually.Never(() => _inbox.With(topic, _id).Count > 1, "it came again after it was taken", seconds: 1);
    }

    [Fact]
    public async Task What_fails_too_often_is_a_dead_letter()
    {
        await PublishAsync("fails");
        var dead = await _inbox.WaitForAsync("fails-dead", _id);
        var tries = _inbox.With("fails", _id).Count;
        Assert.True(tries == PubSubSetup.Deliveries, $"{tries} tries. The sidecar says:\n{setup.Sidecar.Process.Output}");
        Assert.Equal((string)_inbox.With("fails", _id)[0].Json["id"]!, (string)dead.Json["id"]!);
    }

    [Fact]
    public async Task What_is_dropped_is_a_dead_letter_at_once()
    {
        await PublishAsync("drops");
        await _inbox.WaitForAsync("drops-dead", _id);
        Assert.Single(_inbox.With("drops", _id));
    }

    [Theory]
    [InlineData("drops-for-good")]
    [InlineData("missing-for-good")]
    public async Task Without_a_topic_for_dead_letters_it_is_gone(string topic)
    {
        await PublishAsync(topic);
        await _inbox.WaitForAsync(topic, _id);
        await Eventually.Never(() => _inbox.With(topic, _id).Count > 1, "it came again after it was dropped");
    }

    [Fact]
    public async Task A_route_that_is_not_found_drops()
    {
        await PublishAsync("missing");
        await _inbox.WaitForAsync("missing-dead", _id);
        Assert.Single(_inbox.With("missing", _id));
    }

    [Fact]
    public async Task What_has_expired_does_not_come()
    {
        using var content = new StringContent($$"""{"specversion":"1.0","id":"{{_id}}","type":"t","source":"s","data":1,"expiration":"2020-01-01T00:00:00Z"}""");
        content.Headers.ContentType = new("application/cloudevents+json");
        using var response = await setup.Http.PostAsync(new Uri($"/v1.0/publish/{PubSub}/stale", UriKind.Relative), content, Cancel);
        await response.AssertStatusAsync(204);
        // A dead letter that has expired does not come to its topic's app either: what comes is the next event.
        var next = Guid.NewGuid().ToString("N");
        await _dapr.PublishEventAsync(PubSub, "stale", new Order(next, 1), Cancel);
        await _inbox.WaitForAsync("stale", next);
        Assert.Empty(_inbox.With("stale", _id));
        Assert.Empty(_inbox.With("stale-dead", _id));
    }

    [Fact]
    public async Task What_is_forbidden_is_not_published()
    {
        await Errors.AssertFailsAsync(() => _dapr.PublishEventAsync("limited", "limited-closed", 1, Cancel), Grpc.Core.StatusCode.PermissionDenied);
        await Errors.AssertFailsAsync(() => _dapr.PublishEventAsync("guarded", "guarded-topic", 1, Cancel), Grpc.Core.StatusCode.PermissionDenied);
        await _dapr.PublishEventAsync("guarded", "open-topic", 1, Cancel);
        using var response = await setup.Http.PostAsync(new Uri("/v1.0/publish/limited/limited-closed", UriKind.Relative), Errors.Json("1"), Cancel);
        await response.AssertErrorAsync(403, "ERR_PUBSUB_FORBIDDEN", $"topic limited-closed is not allowed for app id {PubSubSetup.AppId}");
    }

    [Fact]
    public async Task A_topic_that_an_app_may_not_hear_does_not_come_to_it()
    {
        await _dapr.PublishEventAsync("limited", "limited-deaf", new Order(_id, 1), Cancel);
        await _dapr.PublishEventAsync("limited", "limited-open", new Order(_id, 1), Cancel);
        await _inbox.WaitForAsync("limited-open", _id);
        Assert.Empty(_inbox.With("limited-deaf", _id));
    }

    private Task PublishAsync(string topic) => _dapr.PublishEventAsync(PubSub, topic, new Order(_id, 1), Cancel);
}
