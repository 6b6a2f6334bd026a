using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Dapr.Conformance.Harness;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Dapr.Conformance.Blocks;

/// <summary>Jobs (contract §1.13). No registry serves Dapr.Jobs: its calls are made by the generated client.</summary>
public sealed class JobTests(JobSetup setup) : IClassFixture<JobSetup>
{
    private readonly HttpClient _http = setup.Sidecar.Http();
    private readonly string _name = $"job-{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_runs_once_when_it_is_due()
    {
        await ScheduleAsync("""{"dueTime":"1s","data":{"hello":"world"}}""");
        await Eventually.Holds(() => setup.Count(_name) == 1, "the job has run");
        Assert.Contains("hello", setup.Runs[_name].First().Text, StringComparison.Ordinal);
        Assert.StartsWith("application/json", setup.Runs[_name].First().Headers["Content-Type"], StringComparison.Ordinal);
        await Eventually.Never(() => setup.Count(_name) > 1, "it runs again");
    }

    [Fact]
    public async Task A_job_repeats_as_often_as_it_was_asked_to()
    {
        await ScheduleAsync("""{"schedule":"@every 1s","repeats":3,"dueTime":"100ms"}""");
        await Eventually.Holds(() => setup.Count(_name) == 3, "the job has run three times");
        await Eventually.Never(() => setup.Count(_name) > 3, "it runs a fourth time", seconds: 2.5);
    }

    [Fact]
    public async Task A_job_runs_by_cron()
    {
        await ScheduleAsync("""{"schedule":"* * * * * *","repeats":2}""");
        await Eventually.Holds(() => setup.Count(_name) == 2, "the job has run twice");
    }

    [Fact]
    public async Task A_deleted_job_does_not_run()
    {
        await ScheduleAsync("""{"dueTime":"2s"}""");
        using var deleted = await _http.DeleteAsync(Job(_name), Cancel);
        await deleted.AssertStatusAsync(204);
        await Eventually.Never(() => setup.Count(_name) > 0, "a deleted job runs", seconds: 3);
    }

    [Theory]
    [InlineData("v1.0")]
    [InlineData("v1.0-alpha1")]
    public async Task A_job_is_read_as_it_was_scheduled(string version)
    {
        using var created = await _http.PostAsync(new Uri($"/{version}/jobs/{_name}", UriKind.Relative), Errors.Json("""{"schedule":"@daily","repeats":5,"data":{"a":1}}"""), Cancel);
        await created.AssertStatusAsync(204);
        var job = JsonNode.Parse(await _http.GetStringAsync(new Uri($"/{version}/jobs/{_name}", UriKind.Relative), Cancel))!;
        Assert.Equal((_name, "@daily", 5), ((string?)job["name"], (string?)job["schedule"], (int)job["repeats"]!));
    }

    [Fact]
    public async Task The_generated_client_schedules_reads_and_deletes()
    {
        var dapr = setup.Sidecar.Raw();
        var data = new Any { TypeUrl = "dapr.io/schedule/jobpayload", Value = ByteString.CopyFromUtf8("payload") };
        await dapr.ScheduleJobAsync(new ScheduleJobRequest { Job = new Job { Name = _name, DueTime = "1s", Data = data } }, cancellationToken: Cancel);
        var job = (await dapr.GetJobAsync(new GetJobRequest { Name = _name }, cancellationToken: Cancel)).Job;
        Assert.Equal((_name, "payload"), (job.Name, job.Data.Value.ToStringUtf8()));
        await Eventually.Holds(() => setup.Count(_name) == 1, "the job has run");
        var run = setup.Runs[_name].First().Text;
        Assert.True(run.Contains("payload", StringComparison.Ordinal) || run.Contains(Convert.ToBase64String("payload"u8), StringComparison.Ordinal), run);

#pragma warning disable CS0612 // What older packages call.
        await dapr.ScheduleJobAlpha1Async(new ScheduleJobRequest { Job = new Job { Name = $"{_name}-2", Schedule = "@yearly" } }, cancellationToken: Cancel);
        await dapr.DeleteJobAlpha1Async(new DeleteJobRequest { Name = $"{_name}-2" }, cancellationToken: Cancel);
        await Assert.ThrowsAsync<RpcException>(async () => await dapr.GetJobAlpha1Async(new GetJobRequest { Name = $"{_name}-2" }, cancellationToken: Cancel));
#pragma warning restore CS0612
    }

    [Fact]
    public async Task A_name_is_taken_unless_the_job_is_to_be_replaced()
    {
        await ScheduleAsync("""{"schedule":"@daily"}""");
        using var refused = await _http.PostAsync(Job(_name), Errors.Json("""{"schedule":"@hourly"}"""), Cancel);
        await refused.AssertErrorAsync(409, "DAPR_SCHEDULER_SCHEDULE_JOB");
        await ScheduleAsync("""{"schedule":"@hourly","overwrite":true}""");
        Assert.Equal("@hourly", (string?)JsonNode.Parse(await _http.GetStringAsync(Job(_name), Cancel))!["schedule"]);
    }

    [Fact]
    public async Task A_failing_job_is_tried_four_times()
    {
        var name = $"failing-{_name}";
        await ScheduleAsync("""{"dueTime":"100ms"}""", name);
        await Eventually.Holds(() => setup.Count(name) == 4, "it has been tried four times");
        await Eventually.Never(() => setup.Count(name) > 4, "it is tried a fifth time", seconds: 2.5);
    }

    [Fact]
    public async Task A_failing_job_is_tried_as_its_policy_says()
    {
        var dapr = setup.Sidecar.Raw();
        var dropped = new Job { Name = $"failing-dropped-{_name}", DueTime = "100ms", FailurePolicy = new() { Drop = new() } };
        var constant = new Job
        {
            Name = $"failing-constant-{_name}",
            DueTime = "100ms",
            FailurePolicy = new() { Constant = new() { Interval = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(200)), MaxRetries = 1 } },
        };
        await dapr.ScheduleJobAsync(new ScheduleJobRequest { Job = dropped }, cancellationToken: Cancel);
        await dapr.ScheduleJobAsync(new ScheduleJobRequest { Job = constant }, cancellationToken: Cancel);
        await Eventually.Holds(() => setup.Count(dropped.Name) == 1 && setup.Count(constant.Name) == 2, "both have been tried");
        await Eventually.Never(() => setup.Count(dropped.Name) > 1 || setup.Count(constant.Name) > 2, "one is tried once more", seconds: 2);
    }

    [Fact]
    public async Task A_job_without_a_time_is_refused()
    {
        using var response = await _http.PostAsync(Job(_name), Errors.Json("{}"), Cancel);
        await response.AssertErrorAsync(400, "DAPR_SCHEDULER_SCHEDULE_EMPTY");
        await Errors.AssertFailsAsync(
            async () => await setup.Sidecar.Raw().ScheduleJobAsync(new ScheduleJobRequest { Job = new Job { DueTime = "1s" } }, cancellationToken: Cancel), StatusCode.InvalidArgument, "ame is empty");
    }

    [Fact]
    public async Task A_name_in_the_body_is_refused()
    {
        using var response = await _http.PostAsync(Job(_name), Errors.Json("""{"name":"other","dueTime":"1h"}"""), Cancel);
        await response.AssertErrorAsync(400, "DAPR_SCHEDULER_JOB_NAME");
    }

    [Fact]
    public async Task A_job_that_there_is_not_is_an_internal_error()
    {
        using var response = await _http.GetAsync(Job("nosuchjob"), Cancel);
        await response.AssertErrorAsync(500, "DAPR_SCHEDULER_GET_JOB");
    }

    [Fact]
    public async Task Jobs_outlive_a_killed_sidecar()
    {
        await ScheduleAsync("""{"dueTime":"2s"}""");
        await setup.Sidecar.Process.KillAsync();
        await setup.Sidecar.StartAsync();
        await Eventually.Holds(() => setup.Count(_name) == 1, "the job has run after the restart");
    }

    private async Task ScheduleAsync(string job, string? name = null)
    {
        using var response = await _http.PostAsync(Job(name ?? _name), Errors.Json(job), Cancel);
        await response.AssertStatusAsync(204);
    }

    private static Uri Job(string name) => new($"/v1.0/jobs/{name}", UriKind.Relative);
}
