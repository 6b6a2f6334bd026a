using Dapr.Workflow.Tests.Harness;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Dapr.Workflow.Tests;

/// <summary>Code that changes under running instances, and what cannot be written down.</summary>
public sealed class ChangeTests(ChangeTests.Shared shared) : IClassFixture<ChangeTests.Shared>
{
    private readonly Installation _installation = shared.Installation;

    [Fact]
    [Trait("only", "stand-in")]
    public async Task Changed_code_under_a_running_instance_is_found_out()
    {
        var state = await GoOnWithAsync(async (context, _) => await context.CallActivityAsync<string>("Other", "x"));
        Assert.Equal(WorkflowRuntimeStatus.Failed, state.RuntimeStatus);
        Assert.Contains("step 0 was activity 'Echo' before and is activity 'Other' now", state.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_behind_a_patch_leaves_running_instances_alone()
    {
        var state = await GoOnWithAsync(async (context, input) =>
        {
            var name = context.IsPatched("other") ? "Other" : "Echo";
            var echo = await context.CallActivityAsync<string>(name, input);
            return echo + await context.WaitForExternalEventAsync<string>("go");
        });
        Assert.Equal("in!go", state.ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_cannot_be_written_down_fails_the_workflow()
    {
        using var host = await _installation.StartHostAsync(options =>
            options.RegisterWorkflow<int, Type>("Unwritable", (_, _) => Task.FromResult(typeof(string))));
        var client = host.Services.GetRequiredService<DaprWorkflowClient>();
        Assert.Equal(WorkflowRuntimeStatus.Failed, (await RunAsync(client, "Unwritable", 0)).RuntimeStatus);
        await host.StopAsync(Deadline.Token());
    }

    [Fact]
    [Trait("only", "stand-in")]
    public async Task What_is_too_large_for_the_sidecar_fails_the_workflow()
    {
        using var host = await _installation.StartHostAsync(options =>
        {
            options.RegisterWorkflow<int, string>("TooLarge", (_, size) => Task.FromResult(new string('x', size)));
            options.RegisterWorkflow<int, string>("TooLargeActivity", (context, size) => context.CallActivityAsync<string>("Blow", size));
            options.RegisterActivity<int, string>("Blow", (_, size) => Task.FromResult(new string('x', size)));
        });
        var client = host.Services.GetRequiredService<DaprWorkflowClient>();
        foreach (var workflow in new[] { "TooLarge", "TooLargeActivity" })
        {
            Assert.Equal(WorkflowRuntimeStatus.Completed, (await RunAsync(client, workflow, 1_000_000)).RuntimeStatus);
            Assert.Equal(WorkflowRuntimeStatus.Failed, (await RunAsync(client, workflow, 5_000_000)).RuntimeStatus);
        }

        await host.StopAsync(Deadline.Token());
    }

    [Theory]
    [InlineData("a||b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    public async Task An_id_that_makes_no_key_is_refused(string id)
    {
        var client = _installation.Client();
        var refused = await Assert.ThrowsAsync<RpcException>(() => client.StartInTimeAsync("Any", 1, id));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        refused = await Assert.ThrowsAsync<RpcException>(() => client.StartInTimeAsync("Any", 1, new string('x', 3000)));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    /// <summary>Runs an instance up to an event with one code, and from there with another.</summary>
    private async Task<WorkflowState> GoOnWithAsync(Func<WorkflowContext, string, Task<string>> changed)
    {
        string id;
        using (var host = await StartAsync(BeginAsync))
        {
            var client = host.Services.GetRequiredService<DaprWorkflowClient>();
            id = await client.StartInTimeAsync("Changing", "in");
            await Deadline.Until(
                async () => (await client.GetWorkflowStateAsync(id, cancellation: Deadline.Token())).ReadCustomStatusAs<string>() == "waiting", "the instance waits");
            await host.StopAsync(Deadline.Token());
        }

        using var next = await StartAsync(changed);
        var second = next.Services.GetRequiredService<DaprWorkflowClient>();
        await second.RaiseEventAsync(id, "go", "go", Deadline.Token());
        var state = await second.WaitForWorkflowCompletionAsync(id, cancellation: Deadline.Token());
        await next.StopAsync(Deadline.Token());
        return state;
    }

    private Task<IHost> StartAsync(Func<WorkflowContext, string, Task<string>> code) => _installation.StartHostAsync(options =>
    {
        options.RegisterWorkflow("Changing", code);
        options.RegisterActivity<string, string>("Echo", (_, text) => Task.FromResult(text + "!"));
        options.RegisterActivity<string, string>("Other", (_, text) => Task.FromResult(text + "?"));
    });

    private static async Task<string> BeginAsync(WorkflowContext context, string input)
    {
        var echo = await context.CallActivityAsync<string>("Echo", input);
        context.SetCustomStatus("waiting");
        return echo + await context.WaitForExternalEventAsync<string>("go");
    }

    private static async Task<WorkflowState> RunAsync(DaprWorkflowClient client, string workflow, object input)
    {
        var id = await client.StartInTimeAsync(workflow, input);
        return await client.WaitForWorkflowCompletionAsync(id, cancellation: Deadline.Token());
    }

    /// <summary>One sidecar; each fact brings its own worker, so they run one after the other.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        public Installation Installation { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Installation = await Installation.CreateAsync();

        public ValueTask DisposeAsync() => Installation.DisposeAsync();
    }
}
