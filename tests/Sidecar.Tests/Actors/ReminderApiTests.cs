using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;
using static Platform.Sidecar.Tests.Actors.RawActorApp;
using DaprGrpc = Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient;

namespace Platform.Sidecar.Tests.Actors;

/// <summary>Reminders and timers on the wire.</summary>
public sealed class ReminderApiTests
{
    private const string Config = """{"entities":["T"]}""";
    private const string Reminder = "/v1.0/actors/T/1/reminders/r";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reminder_is_told_as_it_was_asked_for()
    {
        var (stack, _) = await Start(Config);
        await using var disposal = stack;
        using var http = stack.Http("app");
        using var channel = stack.Grpc("app");
        var grpc = new DaprGrpc(channel);

        using var body = Text("""{"data":"reminderdata","dueTime":"1h","period":"1m30s","ttl":"2552-01-01T00:00:00Z"}""");
        Assert.Equal(204, (int)(await http.PostAsync(Reminder, body, Cancel)).StatusCode);
        Assert.Equal(
            """{"actorID":"1","actorType":"T","data":"reminderdata","dueTime":"1h","period":"@every 1m30s","ttl":"2552-01-01T00:00:00Z"}""",
            await http.GetStringAsync(Reminder, Cancel));
        var found = await grpc.GetActorReminderAsync(new GetActorReminderRequest { ActorType = "T", ActorId = "1", Name = "r" }, cancellationToken: Cancel);
        Assert.Equal(
            ("1h", "@every 1m30s", "2552-01-01T00:00:00Z", "\"reminderdata\""),
            (found.DueTime, found.Period, found.Ttl, found.Data.Unpack<BytesValue>().Value.ToStringUtf8()));

        Assert.Equal(204, (int)(await http.DeleteAsync(Reminder, Cancel)).StatusCode);
        Assert.Equal(204, (int)(await http.DeleteAsync(Reminder, Cancel)).StatusCode);
        var gone = await Assert.ThrowsAsync<RpcException>(async () =>
            await grpc.GetActorReminderAsync(new GetActorReminderRequest { ActorType = "T", ActorId = "1", Name = "r" }, cancellationToken: Cancel));
        Assert.Equal((StatusCode.NotFound, "actor reminder not found: r"), (gone.StatusCode, gone.Status.Detail));
    }

    [Fact]
    public async Task A_reminder_takes_the_place_of_its_namesake_unless_it_may_not()
    {
        var (stack, app) = await Start(Config);
        await using var _ = stack;
        using var http = stack.Http("app");
        foreach (var (json, status) in ((string, int)[])
            [("""{"dueTime":"1h","data":1}""", 204), ("""{"dueTime":"0s","data":2,"overwrite":false}""", 409), ("""{"dueTime":"0s","data":3}""", 204)])
        {
            using var body = Text(json);
            using var response = await http.PutAsync(Reminder, body, Cancel);
            Assert.Equal((json, status), (json, (int)response.StatusCode));
            if (status == 409)
                Assert.Equal(
                    """{"errorCode":"ERR_ACTOR_REMINDER_ALREADY_EXISTS","message":"actor reminder already exists: r"}""",
                    await response.Content.ReadAsStringAsync(Cancel));
        }

        await Eventually.Holds(() => !app.Calls.IsEmpty, "it came");
        Assert.Equal("""{"data":3,"dueTime":"","period":""}""", app.Calls.Single().Body);
        Assert.Equal("/actors/T/1/method/remind/r", app.Calls.Single().Path);
    }

    [Fact]
    public async Task A_failure_policy_says_how_often_a_reminder_is_tried()
    {
        var (stack, app) = await Start(Config);
        await using var _ = stack;
        app.Answer = (_, context) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        using var http = stack.Http("app");
        using var drop = Text("""{"dueTime":"0s","failure_policy":{"drop":{}}}""");
        using var twice = Text("""{"dueTime":"0s","failurePolicy":{"constant":{"interval":"0.1s","maxRetries":2}}}""");
        await Put(http, "drop", drop);
        await Put(http, "twice", twice);
        await Eventually.Holds(async () => await Rows(stack) == 0, "both are given up");
        Assert.Single(app.To("remind/drop"));
        Assert.Equal(3, app.To("remind/twice").Count());
    }

    [Fact]
    public async Task A_receiver_may_end_a_reminder_and_a_time_to_live_does()
    {
        var (stack, app) = await Start(Config);
        await using var _ = stack;
        app.Answer = (call, context) =>
        {
            if (call.Path.EndsWith("/enough", StringComparison.Ordinal))
                context.Response.Headers["X-DaprReminderCancel"] = "true";
            return Task.CompletedTask;
        };
        using var http = stack.Http("app");
        using var enough = Text("""{"dueTime":"0s","period":"100ms"}""");
        using var shortLived = Text("""{"dueTime":"0s","period":"200ms","ttl":"500ms"}""");
        await Put(http, "enough", enough);
        await Put(http, "short", shortLived);
        await Eventually.Holds(async () => await Rows(stack) == 0, "both are over");
        Assert.Single(app.To("remind/enough"));
        Assert.Equal(3, app.To("remind/short").Count());
    }

    [Fact]
    public async Task Reminders_are_listed_and_deleted_by_type_and_by_actor()
    {
        var (stack, _) = await Start(Config);
        await using var disposal = stack;
        using var channel = stack.Grpc("app");
        var grpc = new DaprGrpc(channel);
        foreach (var (id, name) in ((string, string)[])[("1", "a"), ("1", "b||c"), ("2", "a")])
        {
            await grpc.RegisterActorReminderAsync(
                new RegisterActorReminderRequest { ActorType = "T", ActorId = id, Name = name, DueTime = "1h", Data = ByteString.CopyFromUtf8("data") }, cancellationToken: Cancel);
        }

        Assert.Equal(["1 a", "1 b||c", "2 a"], await List(grpc, null));
        Assert.Equal(["1 a", "1 b||c"], await List(grpc, "1"));
        await grpc.UnregisterActorRemindersByTypeAsync(new UnregisterActorRemindersByTypeRequest { ActorType = "T", ActorId = "1" }, cancellationToken: Cancel);
        Assert.Equal(["2 a"], await List(grpc, null));
        await grpc.UnregisterActorRemindersByTypeAsync(new UnregisterActorRemindersByTypeRequest { ActorType = "T" }, cancellationToken: Cancel);
        Assert.Empty(await List(grpc, null));
        Assert.Equal(0, await Rows(stack));
    }

    [Fact]
    public async Task A_timer_comes_as_it_was_asked_for_and_as_often()
    {
        var (stack, app) = await Start(Config);
        await using var _ = stack;
        using var channel = stack.Grpc("app");
        var grpc = new DaprGrpc(channel);
        await grpc.RegisterActorTimerAsync(
            new RegisterActorTimerRequest { ActorType = "T", ActorId = "1", Name = "t", DueTime = "500ms", Period = "R3/PT1S", Callback = "Ring", Data = ByteString.CopyFromUtf8("x") },
            cancellationToken: Cancel);
        var timers = await grpc.ListActorTimersAsync(new ListActorTimersRequest { ActorType = "T", ActorId = "1" }, cancellationToken: Cancel);
        Assert.Equal(("t", "Ring", "R3/PT1S"), (timers.Timers.Single().Name, timers.Timers.Single().Timer.Callback, timers.Timers.Single().Timer.Period));
        await Eventually.Holds(async () => (await grpc.ListActorTimersAsync(new ListActorTimersRequest { ActorType = "T", ActorId = "1" }, cancellationToken: Cancel)).Timers.Count == 0, "it is over");
        Assert.Equal(3, app.To("/actors/T/1/method/timer/t").Count());
        Assert.Equal("""{"data":"eA==","callback":"Ring","dueTime":"500ms","period":"R3/PT1S"}""", app.Calls.First().Body);
    }

    [Fact]
    public async Task The_rpcs_call_actors_and_keep_their_state()
    {
        var (stack, app) = await Start(Config);
        await using var _ = stack;
        app.Answer = (_, context) => context.Response.WriteAsync("pong");
        using var channel = stack.Grpc("app");
        var grpc = new DaprGrpc(channel);
        var reply = await grpc.InvokeActorAsync(
            new InvokeActorRequest { ActorType = "T", ActorId = "1", Method = "Ping", Data = ByteString.CopyFromUtf8("ping"), Metadata = { ["x-mine"] = "yes" } }, cancellationToken: Cancel);
        Assert.Equal(("pong", "ping", "yes"), (reply.Data.ToStringUtf8(), app.Calls.Single().Body, app.Calls.Single().Headers["x-mine"]));

        await grpc.ExecuteActorStateTransactionAsync(new ExecuteActorStateTransactionRequest
        {
            ActorType = "T",
            ActorId = "1",
            Operations = { new TransactionalActorStateOperation { OperationType = "upsert", Key = "k", Value = new Any { Value = ByteString.CopyFromUtf8("bytes") } } },
        }, cancellationToken: Cancel);
        var state = await grpc.GetActorStateAsync(new GetActorStateRequest { ActorType = "T", ActorId = "1", Key = "k" }, cancellationToken: Cancel);
        Assert.Equal("bytes", state.Data.ToStringUtf8());

        foreach (var (id, method, code) in ((string, string, StatusCode)[])
            [("../evil", "Ping", StatusCode.InvalidArgument), ("1", "remind/x", StatusCode.InvalidArgument), ("1", "a?b", StatusCode.InvalidArgument)])
        {
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
                await grpc.InvokeActorAsync(new InvokeActorRequest { ActorType = "T", ActorId = id, Method = method }, cancellationToken: Cancel));
            Assert.Equal((id, code), (id, error.StatusCode));
        }
    }

    private static Task<long> Rows(TestStack stack) => stack.Database.Scalar<long>("SELECT count(*) FROM state WHERE key LIKE '%.schedule||%'");

    private static async Task Put(HttpClient http, string name, HttpContent body)
    {
        using var response = await http.PutAsync($"/v1.0/actors/T/1/reminders/{name}", body, Cancel);
        Assert.True((int)response.StatusCode == 204, await response.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<IEnumerable<string>> List(DaprGrpc grpc, string? id)
    {
        var request = new ListActorRemindersRequest { ActorType = "T" };
        if (id is not null)
            request.ActorId = id;
        return (await grpc.ListActorRemindersAsync(request, cancellationToken: Cancel)).Reminders.Select(one => $"{one.Reminder.ActorId} {one.Name}");
    }
}
