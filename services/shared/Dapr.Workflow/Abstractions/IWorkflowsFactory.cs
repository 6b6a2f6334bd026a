using System.Diagnostics.CodeAnalysis;
using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow.Worker;

/// <summary>The workflows and activities that this process runs, by name.</summary>
public interface IWorkflowsFactory
{
    /// <summary>Adds a workflow class.</summary>
    void RegisterWorkflow<TWorkflow>(string? name = null)
        where TWorkflow : class, IWorkflow;

    /// <summary>Adds a workflow function.</summary>
    void RegisterWorkflow<TInput, TOutput>(string name, Func<WorkflowContext, TInput, Task<TOutput>> implementation);

    /// <summary>Adds an activity class.</summary>
    void RegisterActivity<TActivity>(string? name = null)
        where TActivity : class, IWorkflowActivity;

    /// <summary>Adds an activity function.</summary>
    void RegisterActivity<TInput, TOutput>(string name, Func<WorkflowActivityContext, TInput, Task<TOutput>> implementation);

    /// <summary>Makes the workflow of a name. False with an exception: it is registered and could not be made; false without: unknown.</summary>
    bool TryCreateWorkflow(
        TaskIdentifier identifier, IServiceProvider serviceProvider, [NotNullWhen(true)] out IWorkflow? workflow, out Exception? activationException);

    /// <summary>Makes the activity of a name. False with an exception: it is registered and could not be made; false without: unknown.</summary>
    bool TryCreateActivity(
        TaskIdentifier identifier, IServiceProvider serviceProvider, [NotNullWhen(true)] out IWorkflowActivity? activity, out Exception? activationException);
}
