using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client;
using Dapr.Conformance.Harness;

namespace Dapr.Conformance.PubSub;

/// <summary>What every broker does (contract §1.7): events are published with the official client and come to an app with the official package.</summary>
public abstract class PubSubTests(PubSubSetup setup)
{
    private const string PubSub = PubSubSetup.PubSub;

    private readonly DaprClient _dapr = setup.Dapr;
    private readonly HttpClient _http = setup.Http;
    private readonly Inbox _inbox = setup.Inbox;
    private readonly string _id = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_comes_in_an_envelope()
    {
        await _dapr.PublishEventAsync(PubSub, "plain", new Order(_id, 7), Cancel);
        var request = await _inbox.WaitForAsync("plain", _id);
        Assert.Equal("application/cloudevents+json", request.Headers["Content-Type"].Split(';')[0]);
        var envelope = request.Json;
        Assert.True(Guid.TryParse((string)envelope["id"]!, out _));
        Assert.Equal("1.0", (string)envelope["specversion"]!);
        Assert.Equal("com.dapr.event.sent", (string)envelope["type"]!);
        Assert.Equal(PubSubSetup.AppId, (string)envelope["source"]!);
        Assert.Equal("application/json", (string)envelope["datacontenttype"]!);
        Assert.Equal(("plain", PubSub), ((string)envelope["topic"]!, (string)envelope["pubsubname"]!));
        Assert.Equal(_id, (string)envelope["data"]!["id"]!);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", (string)envelope["traceparent"]!);
        Assert.Equal((string)envelope["traceparent"]!, (string)envelope["traceid"]!);
        Assert.InRange(DateTimeOffset.Parse((string)envelope["time"]!, CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task The_package_unwraps_an_event()
    {
        await _dapr.PublishEventAsync(PubSub, "orders", new Order(_id, 8), Cancel);
        Assert.Equal(8, (int)(await _inbox.WaitForAsync("sdk", _id)).Json["Amount"]!);
    }

    [Theory]
    [InlineData("application/json", """{"mark":"@"}""", "data")]
    [InlineData("application/vnd.order+json", """{"mark":"@"}""", "data")]
    [InlineData("text/plain", "plain @", "data")]
    [InlineData("application/xml", "<a>@</a>", "data")]
    [InlineData("application/octet-stream", "bytes @", "data_base64")]
    public async Task The_content_type_says_how_data_is_wrapped(string contentType, string body, string field)
    {
        var text = body.Replace("@", _id, StringComparison.Ordinal);
        using var content = new StringContent(text, Encoding.UTF8);
        content.Headers.ContentType = new(contentType);
        using var response = await _http.PostAsync(Publish("plain"), content, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);

        var marked = field == "data" ? _id : Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        var envelope = (await _inbox.WaitForAsync("plain", marked)).Json;
        Assert.Equal(contentType, (string)envelope["datacontenttype"]!);
        var data = envelope[field]!;
        Assert.Equal(field == "data" ? text : marked, data is JsonObject ? data.ToJsonString() : (string)data!);
    }

    [Fact]
    public async Task The_publishers_metadata_may_name_the_envelopes_attributes()
    {
        await _dapr.PublishEventAsync(PubSub, "plain", new Order("x", 1), new Dictionary<string, string>
        {
            ["cloudevent.id"] = _id,
            ["cloudevent.type"] = "order.placed",
            ["cloudevent.source"] = "https://shop",
            ["cloudevent.subject"] = "orders/7",
        }, Cancel);
        var envelope = (await _inbox.WaitForAsync("plain", _id)).Json;
        Assert.Equal((_id, "order.placed", "https://shop"), ((string)envelope["id"]!, (string)envelope["type"]!, (string)envelope["source"]!));
        Assert.Equal("orders/7", (string)envelope["subject"]!);
    }

    [Fact]
    public async Task An_event_that_is_an_envelope_already_keeps_what_it_says()
    {
        using var content = new StringContent($$"""
            {"specversion":"1.0","id":"{{_id}}","type":"mine","source":"me","topic":"elsewhere","pubsubname":"elsewhere","datacontenttype":"text/plain","data":"hello","extra":"kept","time":"2020-01-02T03:04:05Z"}
            """);
        content.Headers.ContentType = new("application/cloudevents+json");
        using var response = await _http.PostAsync(Publish("plain"), content, Cancel);
        await response.AssertStatusAsync(204);
        var envelope = (await _inbox.WaitForAsync("plain", _id)).Json;
        Assert.Equal((_id, "mine", "me", "hello"), ((string)envelope["id"]!, (string)envelope["type"]!, (string)envelope["source"]!, (string)envelope["data"]!));
        Assert.Equal(("kept", "2020-01-02T03:04:05Z"), ((string)envelope["extra"]!, (string)envelope["time"]!));
        Assert.Equal(("plain", PubSub), ((string)envelope["topic"]!, (string)envelope["pubsubname"]!));
    }

    [Fact]
    public async Task The_clients_own_envelope_is_taken_as_one()
    {
        await _dapr.PublishEventAsync(PubSub, "plain", new CloudEvent<Order>(new Order(_id, 9)) { Source = new Uri("urn:me"), Type = "mine" }, Cancel);
        var envelope = (await _inbox.WaitForAsync("plain", _id)).Json;
        Assert.Equal(("mine", "urn:me"), ((string)envelope["type"]!, (string)envelope["source"]!));
        Assert.Equal(9, (int)envelope["data"]!["amount"]!);
    }

    [Fact]
    public async Task Bytes_are_published_as_they_are()
    {
        var bytes = Encoding.UTF8.GetBytes($"\0\u0001 {_id}");
        await _dapr.PublishByteEventAsync(PubSub, "plain", bytes, "application/octet-stream", cancellationToken: Cancel);
        var envelope = (await _inbox.WaitForAsync("plain", Convert.ToBase64String(bytes))).Json;
        Assert.Equal("application/octet-stream", (string)envelope["datacontenttype"]!);
    }

    [Fact]
    public async Task A_raw_payload_is_wrapped_only_for_the_app()
    {
        var text = $"raw {_id}";
        await _dapr.PublishByteEventAsync(PubSub, "raw", Encoding.UTF8.GetBytes(text), "text/plain", new Dictionary<string, string> { ["rawPayload"] = "true" }, Cancel);
        var envelope = (await _inbox.WaitForAsync("raw", Convert.ToBase64String(Encoding.UTF8.GetBytes(text)))).Json;
        Assert.Equal(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), (string)envelope["data_base64"]!);
        Assert.Equal(("com.dapr.event.sent", "raw", PubSub), ((string)envelope["type"]!, (string)envelope["topic"]!, (string)envelope["pubsubname"]!));
    }

    [Fact]
    public async Task A_topic_may_have_slashes()
    {
        using var response = await _http.PostAsync(Publish("deep/topic"), Errors.Json($$"""{"mark":"{{_id}}"}"""), Cancel);
        await response.AssertStatusAsync(204);
        Assert.Equal("deep/topic", (string)(await _inbox.WaitForAsync("deep/topic", _id)).Json["topic"]!);
    }

    [Fact]
    public async Task The_publishers_trace_goes_on_at_the_subscriber()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var request = new HttpRequestMessage(HttpMethod.Post, Publish("traced")) { Content = Errors.Json($$"""{"mark":"{{_id}}"}""") };
        request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
        using var response = await _http.SendAsync(request, Cancel);
        var received = await _inbox.WaitForAsync("traced", _id);
        Assert.Equal(Trace, ((string)received.Json["traceparent"]!).Split('-')[1]);
        Assert.Equal(Trace, received.Headers["traceparent"].Split('-')[1]);
    }

    [Fact]
    public async Task A_large_event_comes_whole()
    {
        var text = new string('x', 1_000_000);
        await _dapr.PublishEventAsync(PubSub, "plain", new { id = _id, text }, Cancel);
        Assert.Equal(text.Length, ((string)(await _inbox.WaitForAsync("plain", _id)).Json["data"]!["text"]!).Length);
    }

    [Fact]
    public async Task Many_events_all_come()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), Cancel, async (number, token) => await _dapr.PublishEventAsync(PubSub, "plain", new Order(_id, number), token));
        await _inbox.WaitForCountAsync("plain", _id, 200);
        Assert.Equal(Enumerable.Range(0, 200), _inbox.With("plain", _id).Select(request => (int)request.Json["data"]!["amount"]!).Order());
    }

    [Fact]
    public async Task The_client_publishes_many_at_once()
    {
        var answer = await _dapr.BulkPublishEventAsync(PubSub, "plain", Enumerable.Range(0, 30).Select(number => new Order(_id, number)).ToList(), cancellationToken: Cancel);
        Assert.Empty(answer.FailedEntries);
        await _inbox.WaitForCountAsync("plain", _id, 30);
        Assert.Equal(30, _inbox.With("plain", _id).Select(request => (string)request.Json["id"]!).Distinct().Count());
    }

    [Theory]
    [InlineData("v1.0")]
    [InlineData("v1.0-alpha1")]
    public async Task Many_are_published_at_once_over_http(string version)
    {
        using var response = await _http.PostAsync(new Uri($"/{version}/publish/bulk/{PubSub}/plain", UriKind.Relative), Errors.Json($$"""
            [{"entryId":"a","event":{"mark":"{{_id}}-a"},"contentType":"application/json"},
             {"entryId":"b","event":"{{_id}}-b","contentType":"text/plain"}]
            """), Cancel);
        await response.AssertStatusAsync(204);
        Assert.Equal($"{_id}-a", (string)(await _inbox.WaitForAsync("plain", $"{_id}-a")).Json["data"]!["mark"]!);
        Assert.Equal($"{_id}-b", (string)(await _inbox.WaitForAsync("plain", $"{_id}-b")).Json["data"]!);
    }

    [Fact]
    public async Task Many_come_at_once_to_who_asks_for_that_and_only_refused_ones_come_again()
    {
        await _dapr.BulkPublishEventAsync(PubSub, "bulk", Enumerable.Range(0, 12).Select(number => new Order(number == 5 ? $"stubborn-{_id}" : _id, number)).ToList(), cancellationToken: Cancel);
        await Eventually.Holds(() => _inbox.With("bulk-entry", $"stubborn-{_id}").Count >= 2, "the refused one has come again");
        await _inbox.WaitForCountAsync("bulk-entry", _id, 13);

        var requests = _inbox.With("bulk", _id);
        Assert.Contains(requests, request => ((JsonArray)request.Json["entries"]!).Count > 1);
        Assert.All(requests, request =>
        {
            Assert.StartsWith("application/json", request.Headers["Content-Type"], StringComparison.Ordinal);
            Assert.InRange(((JsonArray)request.Json["entries"]!).Count, 1, 10);
            Assert.Equal(("com.dapr.event.sent.bulk", "bulk", PubSub), ((string)request.Json["type"]!, (string)request.Json["topic"]!, (string)request.Json["pubsubname"]!));
        });
        var entry = _inbox.With("bulk-entry", _id)[0].Json;
        Assert.Equal("com.dapr.event.sent", (string)entry["event"]!["type"]!);
        Assert.Equal(12, _inbox.With("bulk-entry", _id).Select(received => (int)received.Json["event"]!["data"]!["amount"]!).Distinct().Count());
    }

    [Fact]
    public async Task Rules_of_the_app_choose_the_route()
    {
        await _dapr.PublishEventAsync(PubSub, "routed", new Order($"{_id}-small", 5), Cancel);
        await _dapr.PublishEventAsync(PubSub, "routed", new Order($"{_id}-large", 500), Cancel);
        await _dapr.PublishEventAsync(PubSub, "routed", new Order($"{_id}-vip", 5), new Dictionary<string, string> { ["cloudevent.type"] = "vip" }, Cancel);
        await _inbox.WaitForAsync("routed-rest", $"{_id}-small");
        // The rule with the smallest priority is asked first.
        await _inbox.WaitForAsync("routed-large", $"{_id}-large");
        await _inbox.WaitForAsync("routed-vip", $"{_id}-vip");
    }

    [Fact]
    public async Task Rules_of_a_file_choose_the_route()
    {
        var urgent = new Dictionary<string, string> { ["cloudevent.type"] = "urgent" };
        await _dapr.PublishEventAsync(PubSub, "declared", new Order($"{_id}-large", 50), urgent, Cancel);
        await _dapr.PublishEventAsync(PubSub, "declared", new Order($"{_id}-small", 5), urgent, Cancel);
        await _dapr.PublishEventAsync(PubSub, "declared", new Order($"{_id}-rest", 50), Cancel);
        await _inbox.WaitForAsync("declared-urgent-large", $"{_id}-large");
        await _inbox.WaitForAsync("declared-urgent", $"{_id}-small");
        await _inbox.WaitForAsync("declared-rest", $"{_id}-rest");
    }

    [Fact]
    public async Task Files_of_the_older_form_subscribe_and_files_for_other_apps_do_not()
    {
        await _dapr.PublishEventAsync(PubSub, "declared-for-another", new Order(_id, 1), Cancel);
        await _dapr.PublishEventAsync(PubSub, "declared-old", new Order(_id, 1), Cancel);
        await _inbox.WaitForAsync("declared-old", _id);
        Assert.Empty(_inbox.With("declared-for-another", _id));
    }

    [Fact]
    public async Task The_javascript_client_publishes() => await NodeClient.RunAsync("publish.js", setup.Sidecar, ("MARK", _id))
        .ContinueWith(async done =>
        {
            await done;
            await _inbox.WaitForAsync("plain", $"{_id}-HTTP");
            await _inbox.WaitForAsync("plain", $"{_id}-GRPC");
        }, TaskScheduler.Default).Unwrap();

    private static Uri Publish(string topic) => new($"/v1.0/publish/{PubSub}/{topic}", UriKind.Relative);
}
