using Dapr.Workflow;

namespace Platform.Workflow.Worker;

/// <summary>Everything that the tests run.</summary>
public static class TestWorkflows
{
    public static void Register(WorkflowRuntimeOptions options)
    {
        options.RegisterWorkflow<ChainWorkflow>();
        options.RegisterWorkflow<FanOutWorkflow>();
        options.RegisterWorkflow<RetryWorkflow>();
        options.RegisterWorkflow<ApprovalWorkflow>();
        options.RegisterWorkflow<ParentWorkflow>();
        options.RegisterWorkflow<SumWorkflow>();
        options.RegisterWorkflow<int, string>("Failing", (_, _) => throw new InvalidOperationException("no luck"));
        options.RegisterWorkflow<TimeSpan, TimeSpan>("Sleep", SleepAsync);
        options.RegisterWorkflow<string, string>("Greet", GreetAsync);
        options.RegisterWorkflow<string, string>("Send", SendAsync);
        options.RegisterWorkflow<int, string>("Stuck", StuckAsync);
        options.RegisterWorkflow<string, string>("SpawnWaiting", (context, child) =>
            context.CallChildWorkflowAsync<string>("Greet", "x", new ChildWorkflowTaskOptions(child)));
        options.RegisterWorkflow<string, string>("Telling", TellAsync);
        options.RegisterWorkflow<int, int>("Abroad", GoAbroadAsync);
        options.RegisterActivity<Increment>();
        options.RegisterActivity<FailAtFirst>();
        options.RegisterActivity<int, int>("Square", (_, number) => Task.FromResult(number * number));
    }

    /// <summary>Registers what another app runs.</summary>
    public static void RegisterAbroad(WorkflowRuntimeOptions options)
    {
        options.RegisterWorkflow<int, int>("ChildAbroad", (context, number) => context.CallActivityAsync<int>("Double", number));
        options.RegisterActivity<int, int>("Double", (_, number) => Task.FromResult(number * 2));
    }

    private static async Task<int> GoAbroadAsync(WorkflowContext context, int input)
    {
        input = await context.CallActivityAsync<int>("Double", input, new WorkflowTaskOptions(TargetAppId: "other"));
        return await context.CallChildWorkflowAsync<int>("ChildAbroad", input, new ChildWorkflowTaskOptions(TargetAppId: "other"));
    }

    private static async Task<string> TellAsync(WorkflowContext context, string input)
    {
        var logger = context.CreateReplaySafeLogger("telling");
        var first = context.NewGuid();
        logger.LogInformation("{Input} begins", input);
        await context.CallActivityAsync<int>("Square", 1);
        logger.LogInformation("{Input} ends", input);
        return $"{first} {context.NewGuid()} {context.IsPatched("new")}";
    }

    private static async Task<TimeSpan> SleepAsync(WorkflowContext context, TimeSpan time)
    {
        var begun = context.CurrentUtcDateTime;
        await context.CreateTimer(time);
        return context.CurrentUtcDateTime - begun;
    }

    private static async Task<string> GreetAsync(WorkflowContext context, string greeting)
    {
        context.SetCustomStatus("waiting");
        var name = await context.WaitForExternalEventAsync<string>("name");
        context.SetCustomStatus("done");
        return $"{greeting} {name}";
    }

    private static async Task<string> SendAsync(WorkflowContext context, string target)
    {
        context.SendEvent(target, "NAME", "from a workflow");
        await context.CreateTimer(TimeSpan.FromMilliseconds(1));
        return context.NewGuid().ToString();
    }

    private static async Task<string> StuckAsync(WorkflowContext context, int input)
    {
        await new TaskCompletionSource().Task;
        return "never";
    }
}

/// <summary>Three activities in a row.</summary>
public sealed class ChainWorkflow : Workflow<int, int>
{
    public override async Task<int> RunAsync(WorkflowContext context, int input)
    {
        for (var step = 0; step < 3; step++)
            input = await context.CallActivityAsync<int>(nameof(Increment), input);
        return input;
    }
}

public sealed class FanOutWorkflow : Workflow<int, int>
{
    public override async Task<int> RunAsync(WorkflowContext context, int input)
    {
        var all = Enumerable.Range(1, input).Select(number => context.CallActivityAsync<int>("Square", number));
        var bounded = await context.ProcessInParallelAsync(
            Enumerable.Range(1, input), number => context.CallActivityAsync<int>("Square", number), maxConcurrency: 3);
        return (await Task.WhenAll(all)).Sum() + bounded.Sum();
    }
}

/// <summary>Calls an activity that fails as often as the input says; five attempts.</summary>
public sealed class RetryWorkflow : Workflow<int, TimeSpan>
{
    public override async Task<TimeSpan> RunAsync(WorkflowContext context, int input)
    {
        var begun = context.CurrentUtcDateTime;
        var policy = new WorkflowRetryPolicy(5, TimeSpan.FromMilliseconds(100), backoffCoefficient: 2);
        await context.CallActivityAsync(nameof(FailAtFirst), input, new WorkflowTaskOptions(policy));
        return context.CurrentUtcDateTime - begun;
    }
}

public sealed class ApprovalWorkflow : Workflow<TimeSpan, string>
{
    public override async Task<string> RunAsync(WorkflowContext context, TimeSpan input)
    {
        try
        {
            return await context.WaitForExternalEventAsync<string>("approval", input) ?? "";
        }
        catch (TaskCanceledException)
        {
            return "timed out";
        }
    }
}

/// <summary>A child that returns and a child that fails.</summary>
public sealed class ParentWorkflow : Workflow<int, string>
{
    public override async Task<string> RunAsync(WorkflowContext context, int input)
    {
        var sum = await context.CallChildWorkflowAsync<int>(nameof(ChainWorkflow), input);
        try
        {
            await context.CallChildWorkflowAsync("Failing", 0);
            return "not reached";
        }
        catch (WorkflowTaskFailedException failure) when (failure.FailureDetails.IsCausedBy<InvalidOperationException>())
        {
            return $"{sum} {failure.FailureDetails.ErrorMessage}";
        }
    }
}

public sealed record Sum(int Expected, int Seen, int Total);

/// <summary>Adds up events, one for each of its lives.</summary>
public sealed class SumWorkflow : Workflow<Sum, int>
{
    public override async Task<int> RunAsync(WorkflowContext context, Sum input)
    {
        if (input.Seen == input.Expected)
            return input.Total;
        var number = await context.WaitForExternalEventAsync<int>("number");
        context.ContinueAsNew(new Sum(input.Expected, input.Seen + 1, input.Total + number));
        return 0;
    }
}

public sealed class Increment(WorkLog log) : WorkflowActivity<int, int>
{
    public override Task<int> RunAsync(WorkflowActivityContext context, int input)
    {
        log.Add($"{context.InstanceId} {context.TaskExecutionKey}");
        return Task.FromResult(input + 1);
    }
}

public sealed class FailAtFirst(WorkLog log) : WorkflowActivity<int, int>
{
    public override Task<int> RunAsync(WorkflowActivityContext context, int input) =>
        log.Add(context.TaskExecutionKey) > 1 ? throw new InvalidOperationException("an attempt with the key of another one")
        : log.Add($"attempts of {context.InstanceId}") > input ? Task.FromResult(input)
        : throw new TimeoutException("not yet");
}
