using System.Diagnostics;
using Dapr.Common.Serialization;
using Dapr.Workflow.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Platform.DurableTask;

namespace Dapr.Workflow.Worker;

/// <summary>Runs one activity in a scope of its own. Whatever it throws becomes a failure that the workflow sees.</summary>
internal static class ActivityCall
{
    public static async Task<ActivityResponse> RunAsync(
        ActivityRequest request, IWorkflowsFactory factory, IServiceScopeFactory scopes, IDaprSerializer serializer)
    {
        var response = Answer(request);
        using var span = WorkflowTracing.StartActivity(request);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (factory.TryCreateActivity(new TaskIdentifier(request.Name), scope.ServiceProvider, out var activity, out var activation))
                response.Result = await RunAsync(activity, request, response.InstanceId, serializer);
            else
                response.FailureDetails = activation?.ToFailureDetails(retriable: true) ?? NotRegistered(request.Name);
        }
        catch (Exception failure)
        {
            response.FailureDetails = failure.ToFailureDetails(retriable: true);
            span?.SetStatus(ActivityStatusCode.Error, failure.GetType().FullName);
        }

        return response;
    }

    /// <summary>The answer that says that the activity failed.</summary>
    public static ActivityResponse Fail(ActivityRequest request, Exception failure)
    {
        var response = Answer(request);
        response.FailureDetails = failure.ToFailureDetails(retriable: false);
        return response;
    }

    private static ActivityResponse Answer(ActivityRequest request) =>
        new() { InstanceId = request.WorkflowInstance?.InstanceId ?? "", TaskId = request.TaskId };

    private static async Task<string> RunAsync(IWorkflowActivity activity, ActivityRequest request, string instanceId, IDaprSerializer serializer)
    {
        var input = string.IsNullOrEmpty(request.Input)
            ? activity.InputType.IsValueType ? Activator.CreateInstance(activity.InputType) : null
            : serializer.Deserialize(request.Input, activity.InputType);
        var key = request.TaskExecutionId.Length > 0 ? request.TaskExecutionId : $"{instanceId}:{request.TaskId}";
        var output = await activity.RunAsync(new ActivityContext(request.Name, key, instanceId), input);
        return output is null ? "" : serializer.Serialize(output, activity.OutputType);
    }

    private static TaskFailureDetails NotRegistered(string name) =>
        new() { ErrorType = "ActivityNotFoundException", ErrorMessage = $"Activity '{name}' not found" };
}
