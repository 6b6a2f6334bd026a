namespace Dapr.Workflow;

/// <summary>Registrations that generated code adds before the host is built.</summary>
public static class WorkflowAutoRegistry
{
    private static readonly Lock Gate = new();
    private static readonly List<Action<WorkflowRuntimeOptions>> Registrations = [];

    /// <summary>Adds a registration for every worker that is built afterwards.</summary>
    public static void Register(Action<WorkflowRuntimeOptions> registration)
    {
        lock (Gate)
            Registrations.Add(registration);
    }

    internal static void Apply(WorkflowRuntimeOptions options)
    {
        lock (Gate)
            Registrations.ForEach(register => register(options));
    }
}
