namespace Dapr.Workflow;

/// <summary>A failure that came over the wire: names instead of exception objects.</summary>
/// <param name="errorType">The exception's full type name.</param>
/// <param name="errorMessage">Its message.</param>
/// <param name="stackTrace">Its stack, where known.</param>
public class WorkflowTaskFailureDetails(string errorType, string errorMessage, string? stackTrace = null)
{
    /// <summary>The exception's full type name.</summary>
    public string ErrorType { get; } = errorType;

    /// <summary>Its message.</summary>
    public string ErrorMessage { get; } = errorMessage;

    /// <summary>Its stack, where known.</summary>
    public string? StackTrace { get; } = stackTrace;

    /// <summary>Whether the failure was an exception of this type or of one derived from it that this process knows.</summary>
    public bool IsCausedBy<T>()
        where T : Exception =>
        ErrorType == typeof(T).FullName
        || AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetType(ErrorType) is { } type && type.IsAssignableTo(typeof(T)));

    /// <inheritdoc/>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}
