namespace Dapr.Workflow.Abstractions.Attributes;

/// <summary>Names a workflow where the class name shall not be its name.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class WorkflowAttribute : Attribute
{
    /// <summary>Keeps the class name.</summary>
    public WorkflowAttribute()
    {
    }

    /// <summary>Registers under another name.</summary>
    public WorkflowAttribute(string name) => Name = name;

    /// <summary>The name, or null for the class name.</summary>
    public string? Name { get; }
}

/// <summary>Names an activity where the class name shall not be its name.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class WorkflowActivityAttribute : Attribute
{
    /// <summary>Keeps the class name.</summary>
    public WorkflowActivityAttribute()
    {
    }

    /// <summary>Registers under another name.</summary>
    public WorkflowActivityAttribute(string name) => Name = name;

    /// <summary>The name, or null for the class name.</summary>
    public string? Name { get; }
}
