namespace Platform.Automation.Processes;

/// <summary>A step did not come to its end; its message is what people read when the repetitions are used up.</summary>
#pragma warning disable CA1032 // Thrown in one place, with a reason and its cause.
internal sealed class StepInterruptedException(string message, Exception cause) : Exception(message, cause);
#pragma warning restore CA1032
