using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Platform.Sidecar.Tests.Harness;

#pragma warning disable CS0612, CS0618 // Older clients call, and older apps serve, the names that are deprecated.

namespace Platform.Sidecar.Tests.Jobs;

public sealed class JobTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_comes_at_its_time_with_the_bytes_that_it_was_given()
    {
        await using var stack = await JobStack.Start();
        var job = JobStack.Job("once", "some bytes");
        job.DueTime = DateTimeOffset.UtcNow.AddSeconds(1).ToString("O");
        var asked = DateTimeOffset.UtcNow;
        await stack.Grpc.ScheduleJobAsync(new ScheduleJobRequest { Job = job }, cancellationToken: Cancel);
        await Eventually.Holds(() => !stack.Calls.IsEmpty, "it came");
        var call = stack.Calls.Single();
        Assert.Equal(("once", "some bytes", "application/json"), (call.Name, call.Body, call.ContentType));
        Assert.InRange((call.At - asked).TotalSeconds, 0.9, 2.5);
        await Eventually.Holds(async () => await stack.Rows() == 0, "it is done with");
    }

    [Theory]
    [InlineData("\"someData\"")]
    [InlineData("\"\\\"xyz\\\"\"")]
    [InlineData("123")]
    [InlineData("{ \"expression\": \"val\" }")]
    [InlineData("{ \"@type\": \"type.googleapis.com/google.protobuf.StringValue\", \"value\": \"aproto\" }")]
    public async Task Json_comes_as_it_was_given(string json)
    {
        await using var stack = await JobStack.Start();
        Assert.Equal((204, ""), await stack.Post("json", $$"""{"dueTime":"0s","data":{{json}}}"""));
        await Eventually.Holds(() => !stack.Calls.IsEmpty, "it came");
        Assert.Equal(json, stack.Calls.Single().Body);
    }

    [Fact]
    public async Task A_schedule_makes_a_job_come_again()
    {
        await using var stack = await JobStack.Start();
        Assert.Equal(204, (await stack.Post("every", """{"schedule":"@every 0.5s","repeats":3}""")).Status);
        Assert.Equal(204, (await stack.Post("cron", """{"schedule":"* * * * * *","repeats":2}""")).Status);
        Assert.Equal(204, (await stack.Post("zone", """{"schedule":"CRON_TZ=Europe/Berlin * * * * * *","repeats":1,"dueTime":"0s"}""")).Status);
        Assert.Equal(204, (await stack.Post("daily", """{"schedule":"@daily"}""")).Status);
        await Eventually.Holds(async () => await stack.Rows() == 1, "all but the last are over");
        Assert.Equal((3, 2, 1, 0), (stack.Of("every").Count(), stack.Of("cron").Count(), stack.Of("zone").Count(), stack.Of("daily").Count()));
        Assert.All(stack.Of("cron"), call => Assert.InRange(call.At.Millisecond, 0, 400));
    }

    [Fact]
    public async Task A_failure_policy_says_how_often_a_job_is_tried()
    {
        await using var stack = await JobStack.Start();
        stack.Answer = name => name == "unknown" ? 404 : 500;
        await stack.Post("default", """{"dueTime":"0s"}""");
        await stack.Post("drop", """{"dueTime":"0s","failurePolicy":{"drop":{}}}""");
        await stack.Post("constant", """{"dueTime":"0s","failure_policy":{"constant":{"interval":"0.2s","max_retries":5}}}""");
        await stack.Post("unknown", """{"dueTime":"0s"}""");
        await Eventually.Holds(async () => await stack.Rows() == 0, "all are given up");
        Assert.Equal((4, 1, 6, 1), (stack.Of("default").Count(), stack.Of("drop").Count(), stack.Of("constant").Count(), stack.Of("unknown").Count()));
        Assert.InRange((stack.Of("default").Last().At - stack.Of("default").First().At).TotalSeconds, 2.8, 6);
    }

    [Fact]
    public async Task A_round_that_is_given_up_does_not_end_the_job()
    {
        await using var stack = await JobStack.Start();
        stack.Answer = _ => stack.Calls.Count == 1 ? 500 : 200;
        await stack.Post("job", """{"schedule":"@every 1s","dueTime":"0s","repeats":2,"failurePolicy":{"drop":{}}}""");
        await Eventually.Holds(async () => await stack.Rows() == 0, "it is over");
        Assert.Equal(2, stack.Calls.Count);
    }

    [Fact]
    public async Task Jobs_outlive_the_sidecar_and_wait_for_their_app()
    {
        await using var stack = await JobStack.Start();
        await stack.Post("soon", """{"dueTime":"1s","data":"late"}""");
        await stack.Post("often", """{"schedule":"@every 1s","repeats":3}""");
        await stack.App.Stop();
        await stack.Stack.Sidecar.Kill();
        await Eventually.Holds(async () => await stack.Stack.Database.Scalar<bool>("SELECT bool_and(now() > created_at + interval '1.5 s') FROM state"), "they are overdue");
        await stack.Stack.Start();
        Assert.Empty(stack.Calls);
        await stack.App.Start();
        await Eventually.Holds(async () => await stack.Rows() == 0, "all is done");
        Assert.Equal((1, 3), (stack.Of("soon").Count(), stack.Of("often").Count()));
    }

    [Fact]
    public async Task A_job_takes_the_place_of_its_namesake_only_where_it_may()
    {
        await using var stack = await JobStack.Start();
        Assert.Equal(204, (await stack.Post("job", """{"dueTime":"1h","data":1}""")).Status);
        var (status, body) = await stack.Post("job", """{"dueTime":"0s","data":2}""");
        Assert.Equal(409, status);
        Assert.Contains("\"errorCode\":\"DAPR_SCHEDULER_SCHEDULE_JOB\",\"message\":\"failed to schedule job due to: ", body, StringComparison.Ordinal);
        Assert.Equal(204, (await stack.Post("job", """{"dueTime":"0s","data":3,"overwrite":true}""")).Status);
        await Eventually.Holds(() => !stack.Calls.IsEmpty, "it came");
        Assert.Equal("3", stack.Calls.Single().Body);
    }

    [Fact]
    public async Task Jobs_are_told_listed_and_deleted()
    {
        await using var stack = await JobStack.Start();
        foreach (var name in (string[])["a1", "a2", "b||1"])
        {
            var job = JobStack.Job(name, "x");
            (job.Schedule, job.Repeats, job.DueTime, job.Ttl) = ("@every 1m", 123, "1000s", "123s");
            await stack.Grpc.ScheduleJobAsync(new ScheduleJobRequest { Job = job }, cancellationToken: Cancel);
        }

        var found = (await stack.Grpc.GetJobAsync(new GetJobRequest { Name = "a1" }, cancellationToken: Cancel)).Job;
        var expected = JobStack.Job("a1", "x");
        (expected.Schedule, expected.Repeats, expected.DueTime, expected.Ttl) = ("@every 1m", 123, "1000s", "123s");
        expected.FailurePolicy = new JobFailurePolicy { Constant = new JobFailurePolicyConstant { Interval = new Duration { Seconds = 1 }, MaxRetries = 3 } };
        Assert.Equal(expected, found);
        using var http = stack.Stack.Http("app");
        Assert.Equal(
            """{"name":"a1","schedule":"@every 1m","repeats":123,"dueTime":"1000s","ttl":"123s","data":{"@type":"dapr.io/schedule/jobpayload","value":"eA=="},"failurePolicy":{ "constant": { "interval": "1s", "maxRetries": 3 } }}""",
            await http.GetStringAsync("/v1.0/jobs/a1", Cancel));

        Assert.Equal(["a1", "a2", "b||1"], (await stack.Grpc.ListJobsAsync(new ListJobsRequest(), cancellationToken: Cancel)).Jobs.Select(job => job.Name));
        await stack.Grpc.DeleteJobsByPrefixAsync(new DeleteJobsByPrefixRequest { NamePrefix = "a" }, cancellationToken: Cancel);
        Assert.Equal(["b||1"], (await stack.Grpc.ListJobsAlpha1Async(new ListJobsRequestAlpha1(), cancellationToken: Cancel)).Jobs.Select(job => job.Name));
        await stack.Grpc.DeleteJobAlpha1Async(new DeleteJobRequest { Name = "b||1" }, cancellationToken: Cancel);
        Assert.Empty((await stack.Grpc.ListJobsAsync(new ListJobsRequest(), cancellationToken: Cancel)).Jobs);
        Assert.Equal(0, await stack.Rows());
    }
}
