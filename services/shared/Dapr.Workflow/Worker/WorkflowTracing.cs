using System.Diagnostics;
using Platform.DurableTask;

namespace Dapr.Workflow.Worker;

/// <summary>Spans of activities, as children of the trace that started the workflow.</summary>
internal static class WorkflowTracing
{
    private static readonly ActivitySource Source = new("Dapr.Workflow");

    public static Activity? StartActivity(ActivityRequest request)
    {
        var name = $"activity||{request.Name}";
        var trace = request.ParentTraceContext;
        if (!System.Diagnostics.ActivityContext.TryParse(trace?.TraceParent, trace?.TraceState, isRemote: true, out var parent))
            return Source.StartActivity(name, ActivityKind.Server);

        // Without a listener the calls that the activity makes still belong to the trace.
        var span = Source.StartActivity(name, ActivityKind.Server, parent)
            ?? new Activity(name).SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags).Start();
        span.SetTag("durabletask.type", "activity");
        span.SetTag("durabletask.task.name", request.Name);
        span.SetTag("durabletask.task.instance_id", request.WorkflowInstance?.InstanceId);
        span.SetTag("durabletask.task.task_id", request.TaskId);
        return span;
    }
}
