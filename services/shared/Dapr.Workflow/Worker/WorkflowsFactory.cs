using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Dapr.Workflow.Abstractions;
using Dapr.Workflow.Abstractions.Attributes;
using Microsoft.Extensions.DependencyInjection;

namespace Dapr.Workflow.Worker;

/// <summary>Looks workflows and activities up by name, ignoring case.</summary>
internal sealed class WorkflowsFactory : IWorkflowsFactory
{
    private readonly Dictionary<string, Func<IServiceProvider, IWorkflow>> _workflows = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<IServiceProvider, IWorkflowActivity>> _activities = new(StringComparer.OrdinalIgnoreCase);

    public void RegisterWorkflow<TWorkflow>(string? name = null)
        where TWorkflow : class, IWorkflow
    {
        var create = ActivatorUtilities.CreateFactory<TWorkflow>([]);
        name ??= typeof(TWorkflow).GetCustomAttribute<WorkflowAttribute>()?.Name ?? typeof(TWorkflow).Name;
        _workflows[name] = services => create(services, null);
    }

    public void RegisterWorkflow<TInput, TOutput>(string name, Func<WorkflowContext, TInput, Task<TOutput>> implementation)
    {
        var workflow = new WorkflowFunction<TInput, TOutput>(implementation);
        _workflows[name] = _ => workflow;
    }

    public void RegisterActivity<TActivity>(string? name = null)
        where TActivity : class, IWorkflowActivity
    {
        var create = ActivatorUtilities.CreateFactory<TActivity>([]);
        name ??= typeof(TActivity).GetCustomAttribute<WorkflowActivityAttribute>()?.Name ?? typeof(TActivity).Name;
        _activities[name] = services => create(services, null);
    }

    public void RegisterActivity<TInput, TOutput>(string name, Func<WorkflowActivityContext, TInput, Task<TOutput>> implementation)
    {
        var activity = new ActivityFunction<TInput, TOutput>(implementation);
        _activities[name] = _ => activity;
    }

    public bool TryCreateWorkflow(
        TaskIdentifier identifier, IServiceProvider serviceProvider, [NotNullWhen(true)] out IWorkflow? workflow, out Exception? activationException) =>
        TryCreate(_workflows, identifier.Name, serviceProvider, out workflow, out activationException);

    public bool TryCreateActivity(
        TaskIdentifier identifier, IServiceProvider serviceProvider, [NotNullWhen(true)] out IWorkflowActivity? activity, out Exception? activationException) =>
        TryCreate(_activities, identifier.Name, serviceProvider, out activity, out activationException);

    private static bool TryCreate<T>(
        Dictionary<string, Func<IServiceProvider, T>> creators, string name, IServiceProvider services,
        [NotNullWhen(true)] out T? created, out Exception? failure)
        where T : class
    {
        (created, failure) = (null, null);
        if (!creators.TryGetValue(name, out var create))
            return false;
        try
        {
            created = create(services);
            return true;
        }
        catch (Exception activation)
        {
            failure = activation;
            return false;
        }
    }

    private sealed class WorkflowFunction<TInput, TOutput>(Func<WorkflowContext, TInput, Task<TOutput>> implementation)
        : Workflow<TInput, TOutput>
    {
        public override Task<TOutput> RunAsync(WorkflowContext context, TInput input) => implementation(context, input);
    }

    private sealed class ActivityFunction<TInput, TOutput>(Func<WorkflowActivityContext, TInput, Task<TOutput>> implementation)
        : WorkflowActivity<TInput, TOutput>
    {
        public override Task<TOutput> RunAsync(WorkflowActivityContext context, TInput input) => implementation(context, input);
    }
}
