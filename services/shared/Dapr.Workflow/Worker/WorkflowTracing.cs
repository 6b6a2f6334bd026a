using System.Diagnostics;
using Platform.DurableTask;

namespace Dapr.Workflow.Worker;

/// <summary>Spans of activities, as children of the trace that started the workflow.</summary>
internal static class WorkflowTracing
{
    private static readonly ActivitySource Source = new("Dapr.Workflow");

    public static Activity? StartActivity(ActivityRequest request)
    {
        var trace = request.ParentTraceContext;
        ActivityContextOf(trace?.TraceParent, trace?.TraceState, out var parent);
        var span = Source.StartActivity($"activity||{request.Name}", ActivityKind.Server, parent);
        span?.SetTag("durabletask.type", "activity");
        span?.SetTag("durabletask.task.name", request.Name);
        span?.SetTag("durabletask.task.instance_id", request.WorkflowInstance?.InstanceId);
        span?.SetTag("durabletask.task.task_id", request.TaskId);
        return span;
    }

    private static void ActivityContextOf(string? traceParent, string? traceState, out System.Diagnostics.ActivityContext parent) =>
        System.Diagnostics.ActivityContext.TryParse(traceParent, traceState, isRemote: true, out parent);
}
