namespace Platform.Automation.QuoteToCash;

/// <summary>Settings <c>Saga</c>.</summary>
internal sealed class SagaOptions
{
    /// <summary>How often the invoice is mailed before the sale is undone. Default 3.</summary>
    public int EmailTries { get; init; } = 3;

    /// <summary>Wait before the second try; doubles with each. Default 2 s.</summary>
    public TimeSpan EmailRetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the saga waits for word of an e-mail before it asks. Default 1 minute.</summary>
    public TimeSpan EmailTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a step is tried while a service is away. Default 16: about two minutes, longer than a restart of any of them.</summary>
    public int StepAttempts { get; init; } = 16;
}
