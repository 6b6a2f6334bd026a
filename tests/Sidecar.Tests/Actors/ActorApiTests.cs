using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;
using static Platform.Sidecar.Tests.Actors.RawActorApp;

namespace Platform.Sidecar.Tests.Actors;

/// <summary>The actors API on the wire.</summary>
public sealed class ActorApiTests
{
    private const string Config = """{"entities":["T"],"reentrancy":{"enabled":true,"maxStackDepth":2}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_comes_to_the_app_as_it_was_made_and_its_answer_goes_back()
    {
        var (stack, app) = await Start(Config, stack => stack.Environment["APP_API_TOKEN"] = "app-token");
        await using var _ = stack;
        app.Answer = async (_, context) =>
        {
            context.Response.Headers["X-DaprErrorResponseHeader"] = "<xml/>";
            context.Response.ContentType = "text/x-answer";
            await context.Response.WriteAsync("pong");
        };
        using var http = stack.Http("app");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.0/actors/T/a%20b/method/Ping?x=1") { Content = Text("ping") };
        request.Headers.Add("X-DaprRequestHeader", "header");
        using var response = await http.SendAsync(request, Cancel);

        Assert.Equal((200, "pong"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel)));
        Assert.Equal("<xml/>", response.Headers.GetValues("X-DaprErrorResponseHeader").Single());
        Assert.Equal("text/x-answer", response.Content.Headers.ContentType!.ToString());
        var call = Assert.Single(app.Calls);
        Assert.Equal(("PUT", "/actors/T/a%20b/method/Ping?x=1", "ping"), (call.Method, call.Path, call.Body));
        Assert.Equal(
            ("header", "text/plain; charset=utf-8", "app-token"),
            (call.Headers["X-DaprRequestHeader"], call.Headers["Content-Type"], call.Headers["dapr-api-token"]));
        Assert.True(Guid.TryParse(call.Headers["Dapr-Reentrancy-Id"], out Guid _));
    }

    [Fact]
    public async Task What_goes_wrong_is_told_in_daprs_words()
    {
        var (stack, app) = await Start(Config);
        await using var _ = stack;
        app.Answer = (call, context) =>
        {
            context.Response.StatusCode = call.Path.Split('/')[^1] switch { "Broken" => 500, "Unknown" => 404, _ => 200 };
            return context.Response.WriteAsync("custom error");
        };
        using var http = stack.Http("app");
        foreach (var (method, path, body, status, code, message) in WrongRequests)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/v1.0/actors/" + path) { Content = method == "GET" ? null : Text(body) };
            using var response = await http.SendAsync(request, Cancel);
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;
            Assert.Equal((path, status, code), (path, (int)response.StatusCode, (string)answer["errorCode"]!));
            Assert.Contains(message, (string)answer["message"]!, StringComparison.Ordinal);
        }
    }

    private static readonly (string Method, string Path, string Body, int Status, string Code, string Message)[] WrongRequests =
    [
        ("PUT", "T/1/method/Broken", "", 500, "ERR_ACTOR_INVOKE_METHOD", "error invoke actor method: error from actor service: (500) custom error"),
        ("PUT", "T/1/method/Unknown", "", 500, "ERR_ACTOR_INVOKE_METHOD", "actor method not found: actors/T/1/method/Unknown"),
        ("PUT", "U/1/method/Ping", "", 404, "ERR_ACTOR_NO_ADDRESS", "did not find address for actor 'U/1'"),
        ("PUT", "T/1/method/remind%2Fx", "", 400, "ERR_BAD_REQUEST", "forbidden character"),
        ("PUT", "T/..%2F..%2Fevil/method/Ping", "", 400, "ERR_BAD_REQUEST", "forbidden character"),
        ("PUT", "T/1%3Fx=1/method/Ping", "", 400, "ERR_BAD_REQUEST", "forbidden character"),
        ("PUT", "T/2/state", "[]", 400, "ERR_ACTOR_INSTANCE_MISSING", "actor instance is missing"),
        ("PUT", "T/1/state", "{", 400, "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body"),
        ("PUT", "T/1/state", """[{"operation":"eat","request":{"key":"k"}}]""", 500, "ERR_ACTOR_STATE_TRANSACTION_SAVE", "operation type eat not supported"),
        ("PUT", "T/1/state", """[{"operation":"upsert","request":{"key":"k","value":1,"metadata":{"ttlInSeconds":"1"}}}]""", 500, "ERR_ACTOR_STATE_TRANSACTION_SAVE",
            "ttlInSeconds is not supported without the \"ActorStateTTL\" feature enabled"),
        ("GET", "dapr.internal.default.app.workflow/1/state/metadata", "", 403, "ERR_ACTOR_TYPE_RESERVED", "reserved"),
        ("PUT", "U/1/reminders/r", "{}", 403, "ERR_ACTOR_REMINDER_NON_HOSTED", "operations on actor reminders are only possible on hosted actor types"),
        ("GET", "T/1/reminders/r", "", 404, "ERR_ACTOR_REMINDER_NOT_FOUND", "actor reminder not found: r"),
        ("PUT", "T/1/reminders/r", "{", 400, "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body"),
        ("PUT", "T/1/reminders/r", "{}", 500, "ERR_ACTOR_REMINDER_CREATE", "job must have either a due time or a schedule"),
        ("PUT", "T/1/reminders/r", """{"dueTime":"soon"}""", 500, "ERR_ACTOR_REMINDER_CREATE", "unsupported time/duration format: soon"),
        ("PUT", "T/1/reminders/r", """{"period":"P1Y"}""", 500, "ERR_ACTOR_REMINDER_CREATE", "unsupported period format: P1Y"),
        ("PUT", "T/1/reminders/r", """{"period":"R0/PT1S"}""", 500, "ERR_ACTOR_REMINDER_CREATE", "unsupported period format: R0/PT1S"),
        ("PUT", "T/1/reminders/a%2Fb", """{"dueTime":"1s"}""", 400, "ERR_BAD_REQUEST", "forbidden character"),
        ("PUT", "T/1/reminders/a%23b", """{"dueTime":"1s"}""", 400, "ERR_BAD_REQUEST", "forbidden character"),
        ("PUT", "T/1/timers/a%2Fb", "{}", 400, "ERR_BAD_REQUEST", "forbidden character"),
        ("PUT", "T/1/timers/t", """{"period":"R0/PT1S"}""", 500, "ERR_ACTOR_TIMER_CREATE", "has zero repetitions"),
        ("PUT", "T/1/timers/t", """{"dueTime":"10s","ttl":"-1s"}""", 500, "ERR_ACTOR_TIMER_CREATE", "has already expired"),
        ("PUT", "U/1/timers/t", "{}", 500, "ERR_ACTOR_TIMER_CREATE", "actor type not registered"),
    ];

    [Fact]
    public async Task State_is_laid_out_as_daprd_does()
    {
        var (stack, _) = await Start(Config);
        await using var disposal = stack;
        using var http = stack.Http("app");
        Assert.Equal(200, (int)(await http.PutAsync("/v1.0/actors/T/1/method/Wake", null, Cancel)).StatusCode);
        Assert.Equal(204, (int)(await http.GetAsync("/v1.0/actors/T/1/state/k", Cancel)).StatusCode);

        using var body = Text("""[{"operation":"upsert","request":{"key":"k","value":{"a":1}}},{"operation":"delete","request":{"key":"gone"}}]""");
        Assert.Equal(204, (int)(await http.PutAsync("/v1.0/actors/T/1/state", body, Cancel)).StatusCode);
        Assert.Equal("""{"a":1}""", await http.GetStringAsync("/v1.0/actors/T/1/state/k", Cancel));
        Assert.Equal("""{"a":1}""", await stack.Database.Scalar<string>("SELECT convert_from(value, 'UTF8') FROM state WHERE key = 'app||T||1||k'"));
    }

    [Fact]
    public async Task State_ends_with_its_time_to_live_where_the_feature_is_on()
    {
        var (stack, _) = await Start(Config, stack =>
        {
            stack.Resource("config.yaml", """
                apiVersion: dapr.io/v1alpha1
                kind: Configuration
                metadata:
                  name: c
                spec:
                  features:
                    - name: ActorStateTTL
                      enabled: true
                """);
            stack.AppSettings = "configFilePath: ../config.yaml";
        });
        await using var disposal = stack;
        using var http = stack.Http("app");
        await http.PutAsync("/v1.0/actors/T/1/method/Wake", null, Cancel);
        using var body = Text("""[{"operation":"upsert","request":{"key":"k","value":1,"metadata":{"ttlInSeconds":"1"}}}]""");
        Assert.Equal(204, (int)(await http.PutAsync("/v1.0/actors/T/1/state", body, Cancel)).StatusCode);
        using var found = await http.GetAsync("/v1.0/actors/T/1/state/k", Cancel);
        Assert.True(DateTimeOffset.TryParse(found.Headers.GetValues("Metadata.ttlExpireTime").Single(), out _));
        await Eventually.Holds(async () => (int)(await http.GetAsync("/v1.0/actors/T/1/state/k", Cancel)).StatusCode == 204, "it has expired");
    }

    [Fact]
    public async Task Calls_of_one_chain_enter_as_deep_as_the_app_allows_and_others_wait()
    {
        var (stack, app) = await Start(Config);
        await using var _ = stack;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Answer = (_, _) => gate.Task;
        using var http = stack.Http("app");
        var calls = new List<Task<HttpResponseMessage>> { Call(http, "T", "chain") };
        await Eventually.Holds(() => app.Calls.Count == 1, "the first is in");
        calls.Add(Call(http, "T", "other"));
        calls.Add(Call(http, "T", "chain"));
        await Eventually.Holds(() => app.Calls.Count == 2, "the second of the chain is in");
        using var tooDeep = await Call(http, "T", "chain");
        Assert.Equal(500, (int)tooDeep.StatusCode);
        Assert.Equal("ERR_ACTOR_STACK_DEPTH", (string)JsonNode.Parse(await tooDeep.Content.ReadAsStringAsync(Cancel))!["errorCode"]!);
        Assert.All(app.Calls, call => Assert.Equal("chain", call.Headers["Dapr-Reentrancy-Id"]));
        gate.SetResult();
        Assert.All(await Task.WhenAll(calls), response => Assert.Equal(200, (int)response.StatusCode));
        Assert.Equal(3, app.Calls.Count);
    }

    [Fact]
    public async Task Without_reentrancy_the_same_chain_waits_and_no_id_is_made_up()
    {
        var (stack, app) = await Start(
            """{"entities":["T","R"],"reentrancy":{"enabled":true},"entitiesConfig":[{"entities":["T"],"actorIdleTimeout":"1h"}]}""");
        await using var _ = stack;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Answer = (call, _) => call.Path.Contains("/T/", StringComparison.Ordinal) ? gate.Task : Task.CompletedTask;
        using var http = stack.Http("app");
        var first = http.PutAsync("/v1.0/actors/T/1/method/Go", null, Cancel);
        await Eventually.Holds(() => app.Calls.Count == 1, "the first is in");
        Assert.False(app.Calls.Single().Headers.ContainsKey("Dapr-Reentrancy-Id"));
        var second = Call(http, "T", "chain");
        Assert.Equal(200, (int)(await Call(http, "R", "chain")).StatusCode);
        Assert.Single(app.To("/T/1/method/Go"));
        gate.SetResult();
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task Metadata_tells_of_the_actors()
    {
        var (stack, _) = await Start(Config);
        await using var disposal = stack;
        using var http = stack.Http("app");
        await http.PutAsync("/v1.0/actors/T/1/method/Wake", null, Cancel);
        var metadata = JsonNode.Parse(await http.GetStringAsync("/v1.0/metadata", Cancel))!;
        Assert.Equal(
            """{"runtimeStatus":"RUNNING","hostReady":true,"placement":"placement: connected","activeActors":[{"type":"T","count":1}]}""",
            metadata["actorRuntime"]!.ToJsonString());
        Assert.Equal("""[{"type":"T","count":1}]""", metadata["actors"]!.ToJsonString());
    }

    private static async Task<HttpResponseMessage> Call(HttpClient http, string type, string chain)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1.0/actors/{type}/1/method/Go");
        request.Headers.Add("Dapr-Reentrancy-Id", chain);
        return await http.SendAsync(request, Cancel);
    }
}
