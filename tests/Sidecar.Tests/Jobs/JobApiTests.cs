using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.Sidecar.Tests.Harness;
using DaprGrpc = Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient;

#pragma warning disable CS0612, CS0618 // Older clients call, and older apps serve, the names that are deprecated.

namespace Platform.Sidecar.Tests.Jobs;

/// <summary>The jobs API on the wire.</summary>
public sealed class JobApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_goes_wrong_is_told_in_daprs_words()
    {
        await using var stack = await JobStack.Start();
        using var http = stack.Stack.Http("app");
        foreach (var (method, path, body, status, code, message) in WrongRequests)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "GET" ? null : new StringContent(body) };
            using var response = await http.SendAsync(request, Cancel);
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;
            Assert.Equal((path, body, status, code), (path, body, (int)response.StatusCode, (string)answer["errorCode"]!));
            Assert.Contains(message, (string)answer["message"]!, StringComparison.Ordinal);
            if (code.StartsWith("DAPR_", StringComparison.Ordinal))
                Assert.Equal(("type.googleapis.com/google.rpc.ErrorInfo", "dapr.io", code), ((string)answer["details"]![0]!["@type"]!, (string)answer["details"]![0]!["domain"]!, (string)answer["details"]![0]!["reason"]!));
        }

        using var missing = await http.DeleteAsync("/v1.0/jobs/notfound", Cancel);
        Assert.Equal(204, (int)missing.StatusCode);
    }

    private static readonly (string Method, string Path, string Body, int Status, string Code, string Message)[] WrongRequests =
    [
        ("POST", "/v1.0/jobs/test", "", 400, "DAPR_SCHEDULER_SCHEDULE_EMPTY", "Schedule is empty"),
        ("POST", "/v1.0-alpha1/jobs/test", "{}", 400, "DAPR_SCHEDULER_SCHEDULE_EMPTY", "Schedule is empty"),
        ("POST", "/v1.0/jobs/%20", """{"schedule":"@daily"}""", 400, "DAPR_SCHEDULER_JOB_NAME_EMPTY", "Name is empty"),
        ("POST", "/v1.0/jobs/test", """{"name":"test1","schedule":"test"}""", 400, "DAPR_SCHEDULER_JOB_NAME", "Set the job name in the url only"),
        ("POST", "/v1.0/jobs/test", "[{}]", 400, "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body"),
        ("POST", "/v1.0/jobs/test", """{"schedule":"@daily","repeats":-1}""", 400, "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body"),
        ("POST", "/v1.0/jobs/test", """{"schedule":7}""", 400, "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body"),
        ("POST", "/v1.0/jobs/test", """{"schedule":"nonsense"}""", 500, "DAPR_SCHEDULER_SCHEDULE_JOB", "expected exactly 6 fields"),
        ("POST", "/v1.0/jobs/test", """{"schedule":"@every soon"}""", 500, "DAPR_SCHEDULER_SCHEDULE_JOB", "failed to parse duration @every soon"),
        ("POST", "/v1.0/jobs/test", """{"schedule":"TZ=Nowhere/Land @daily"}""", 500, "DAPR_SCHEDULER_SCHEDULE_JOB", "provided bad location Nowhere/Land"),
        ("POST", "/v1.0/jobs/test", """{"dueTime":"1s","repeats":3}""", 500, "DAPR_SCHEDULER_SCHEDULE_JOB", "job must have a schedule to repeat"),
        ("POST", "/v1.0/jobs/test", """{"schedule":"@daily","dueTime":"10s","ttl":"2001-01-01T00:00:00Z"}""", 500, "DAPR_SCHEDULER_SCHEDULE_JOB", "ttl must be greater than due time"),
        ("POST", "/v1.0/jobs/a%2Fb", """{"schedule":"@daily"}""", 500, "DAPR_SCHEDULER_SCHEDULE_JOB", "forbidden character"),
        ("GET", "/v1.0/jobs/notfound", "", 500, "DAPR_SCHEDULER_GET_JOB", "failed to get job"),
    ];

    [Fact]
    public async Task The_rpcs_refuse_what_is_no_job()
    {
        await using var stack = await JobStack.Start();
        var already = JobStack.Job("there", "");
        already.Schedule = "@daily";
        await stack.Grpc.ScheduleJobAsync(new ScheduleJobRequest { Job = already }, cancellationToken: Cancel);
        foreach (var (job, code) in ((Job?, StatusCode)[])
            [(null, StatusCode.InvalidArgument), (new Job(), StatusCode.InvalidArgument), (new Job { Name = "x" }, StatusCode.InvalidArgument), (already, StatusCode.AlreadyExists)])
        {
            var error = await Assert.ThrowsAsync<RpcException>(async () => await stack.Grpc.ScheduleJobAsync(new ScheduleJobRequest { Job = job }, cancellationToken: Cancel));
            Assert.Equal(code, error.StatusCode);
        }

        foreach (var name in (string[])["bad/name", "bad\\name", "bad#name", "bad?name", "bad%name", "bad\0name", "bad\nname", "..", new('a', 600)])
            await Assert.ThrowsAsync<RpcException>(async () => await stack.Grpc.ScheduleJobAsync(new ScheduleJobRequest { Job = new Job { Name = name, Schedule = "@daily" } }, cancellationToken: Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_app_that_speaks_grpc_gets_its_jobs_under_the_name_that_it_knows(bool isOld)
    {
        await using var stack = await TestStack.Create();
        var app = stack.App("app", "grpc");
        var events = new ConcurrentQueue<JobEventRequest>();
        app.Services = services => services.AddSingleton(events);
        app.Routes = routes => _ = isOld ? routes.MapGrpcService<OldCallbacks>() : routes.MapGrpcService<Callbacks>();
        await app.Start();
        await stack.Start();
        using var channel = stack.Grpc("app");
        var job = JobStack.Job("my||job@name", "payload");
        job.DueTime = "0s";
        await new DaprGrpc(channel).ScheduleJobAlpha1Async(new ScheduleJobRequest { Job = job }, cancellationToken: Cancel);
        await Eventually.Holds(() => events.Count == 2, "it came, and came again after it had failed");
        var received = events.First();
        Assert.Equal(
            ("my||job@name", "job/my||job@name", "dapr.io/schedule/jobpayload", "payload", HTTPExtension.Types.Verb.Post),
            (received.Name, received.Method, received.ContentType, received.Data.Value.ToStringUtf8(), received.HttpExtension.Verb));
    }

    private static Task<JobEventResponse> Take(ConcurrentQueue<JobEventRequest> events, JobEventRequest request)
    {
        events.Enqueue(request);
        return events.Count == 1 ? throw new RpcException(new Status(StatusCode.Internal, "not yet")) : Task.FromResult(new JobEventResponse());
    }

    private sealed class Callbacks(ConcurrentQueue<JobEventRequest> events) : AppCallback.AppCallbackBase
    {
        public override Task<JobEventResponse> OnJobEvent(JobEventRequest request, ServerCallContext context) => Take(events, request);
    }

    private sealed class OldCallbacks(ConcurrentQueue<JobEventRequest> events) : AppCallbackAlpha.AppCallbackAlphaBase
    {
        [Obsolete("It is the name that older apps serve.")]
        public override Task<JobEventResponse> OnJobEventAlpha1(JobEventRequest request, ServerCallContext context) => Take(events, request);
    }
}
