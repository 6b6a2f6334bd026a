using Dapr.Workflow.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Platform.Workflow.Worker;
using Xunit;

namespace Dapr.Workflow.Tests;

/// <summary>What the official package asks of a sidecar and the library here does not: compiled with the package only.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task A_detached_workflow_outlives_the_one_that_started_it()
    {
        await using var installation = await Installation.CreateAsync();
        var host = await installation.StartHostAsync(options =>
        {
            TestWorkflows.Register(options);
            options.RegisterWorkflow<string, string>("Detaching", async (context, child) =>
            {
                context.SetCustomStatus(await context.ScheduleNewDetachedWorkflowAsync("Greet", child, "hello"));
                return await context.WaitForExternalEventAsync<string>("end");
            });
        });
        var client = host.Services.GetRequiredService<DaprWorkflowClient>();
        var detached = Guid.NewGuid().ToString();
        var id = await client.StartInTimeAsync("Detaching", detached);
        await client.WaitForWorkflowStartAsync(detached, cancellation: Deadline.Token());

        await client.TerminateWorkflowAsync(id, cancellation: Deadline.Token());
        var state = await client.WaitForWorkflowCompletionAsync(id, cancellation: Deadline.Token());
        Assert.Equal((WorkflowRuntimeStatus.Terminated, detached), (state.RuntimeStatus, state.ReadCustomStatusAs<string>()));

        await client.RaiseEventAsync(detached, "name", "world", Deadline.Token());
        Assert.Equal("hello world", (await client.WaitForWorkflowCompletionAsync(detached, cancellation: Deadline.Token())).ReadOutputAs<string>());
    }
}
