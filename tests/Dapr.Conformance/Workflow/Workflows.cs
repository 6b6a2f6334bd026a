using Dapr.Workflow;

namespace Dapr.Conformance.Workflow;

/// <summary>The workflows and activities of the tests.</summary>
internal static class Workflows
{
    public static void Register(WorkflowRuntimeOptions options)
    {
        options.RegisterActivity<int, int>("Increment", (_, number) => Task.FromResult(number + 1));
        options.RegisterActivity<string, string>("Fail", (_, message) => throw new InvalidOperationException(message));
        options.RegisterActivity<string, int>("FailTwice", (_, key) => Tries.Next(key) is var tries and > 2 ? Task.FromResult(tries) : throw new InvalidOperationException("not yet"));
        options.RegisterWorkflow<int, int>("Chain", async (context, number) =>
        {
            for (var step = 0; step < 3; step++)
                number = await context.CallActivityAsync<int>("Increment", number);
            return number;
        });
        options.RegisterWorkflow<int, int>("FanOut", async (context, count) =>
            (await Task.WhenAll(Enumerable.Range(0, count).Select(number => context.CallActivityAsync<int>("Increment", number)))).Sum());
        options.RegisterWorkflow<double, double>("Sleep", async (context, seconds) =>
        {
            var before = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromSeconds(seconds));
            return (context.CurrentUtcDateTime - before).TotalSeconds;
        });
        options.RegisterWorkflow<string, string>("Greet", async (context, greeting) =>
        {
            context.SetCustomStatus("waiting");
            var name = await context.WaitForExternalEventAsync<string>("Name");
            context.SetCustomStatus("greeted");
            return $"{greeting} {name}";
        });
        options.RegisterWorkflow<double, string>("Impatient", async (context, seconds) =>
        {
            try
            {
                return await context.WaitForExternalEventAsync<string>("Name", TimeSpan.FromSeconds(seconds)) ?? "";
            }
            catch (TaskCanceledException)
            {
                return "nobody came";
            }
        });
        options.RegisterWorkflow<int, int>("Parent", (context, number) => context.CallChildWorkflowAsync<int>("Chain", number));
        options.RegisterWorkflow<string, string>("ParentOfWaiting", (context, child) =>
            context.CallChildWorkflowAsync<string>("Greet", "child", new ChildWorkflowTaskOptions(child)));
        options.RegisterWorkflow<string, string>("Failing", (context, message) => context.CallActivityAsync<string>("Fail", message));
        options.RegisterWorkflow<string, int>("Retrying", (context, key) => context.CallActivityAsync<int>(
            "FailTwice", key, new WorkflowTaskOptions { RetryPolicy = new WorkflowRetryPolicy(4, TimeSpan.FromMilliseconds(100)) }));
        options.RegisterWorkflow<Tally, int>("Tally", async (context, tally) =>
        {
            if (tally.Left == 0)
                return tally.Sum;
            var number = await context.WaitForExternalEventAsync<int>("number");
            context.ContinueAsNew(new Tally(tally.Left - 1, tally.Sum + number), preserveUnprocessedEvents: true);
            return 0;
        });
        options.RegisterWorkflow<string, int>("CallsOther", (context, app) =>
            context.CallActivityAsync<int>("Elsewhere", 20, new WorkflowTaskOptions { TargetAppId = app }));
        options.RegisterWorkflow<string, int>("CallsOtherChild", (context, app) =>
            context.CallChildWorkflowAsync<int>("ElsewhereToo", 20, new ChildWorkflowTaskOptions { TargetAppId = app }));
    }

    /// <summary>What the other app has.</summary>
    public static void RegisterOther(WorkflowRuntimeOptions options)
    {
        options.RegisterActivity<int, int>("Elsewhere", (_, number) => Task.FromResult(number * 2));
        options.RegisterWorkflow<int, int>("ElsewhereToo", (context, number) => context.CallActivityAsync<int>("Elsewhere", number));
    }
}

internal sealed record Tally(int Left, int Sum);
