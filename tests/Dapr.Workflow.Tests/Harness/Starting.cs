namespace Dapr.Workflow.Tests.Harness;

/// <summary>Starts workflows with a deadline: the sidecar answers when the first turn is done, and a test that waits for that for ever says nothing.</summary>
internal static class Starting
{
    public static Task<string> StartInTimeAsync(this DaprWorkflowClient client, string workflow, object? input, string? id = null) =>
        client.ScheduleNewWorkflowAsync(workflow, id, input, (DateTimeOffset?)null, Deadline.Token());
}
