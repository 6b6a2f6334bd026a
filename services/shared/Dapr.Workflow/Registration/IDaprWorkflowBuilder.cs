using Dapr.Common;

namespace Dapr.Workflow.Registration;

/// <summary>The services that workflows were registered with.</summary>
public interface IDaprWorkflowBuilder : IDaprServiceBuilder;
