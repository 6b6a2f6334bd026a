using Platform.Automation.Processes;

namespace Platform.Automation.QuoteToCash;

/// <summary>Ids and settings; the settings are part of the input so that a replay sees those of the start.</summary>
internal sealed record QuoteToCashInput(Guid TenantId, Guid DealId, int EmailTries, TimeSpan EmailRetryDelay, TimeSpan EmailTimeout)
{
    public const string ProcessType = "quote-to-cash";
    public const string SubjectType = "deal";

    /// <summary>One instance a deal: starting it twice starts it once.</summary>
    public static string InstanceId(Guid dealId) => $"{ProcessType}-{dealId}";

    /// <summary>The external event that tells of a try's e-mail.</summary>
    public static string EmailEvent(int attempt) => $"email-{attempt}";

    public StepContext Step(string name, bool compensation = false) => new(TenantId, DealId, ProcessType, name, compensation);
}

/// <summary>What an activity gets.</summary>
/// <param name="Process">The process.</param>
/// <param name="InvoiceId">The invoice, once there is one.</param>
/// <param name="Attempt">Which try of the e-mail.</param>
/// <param name="Reason">Why something is undone.</param>
internal sealed record StepInput(QuoteToCashInput Process, string InvoiceId = "", int Attempt = 0, string Reason = "");

/// <summary>What became of an e-mail; <see cref="Known"/> is false while it is under way.</summary>
internal sealed record EmailOutcome(bool Known, bool Sent, string Error);
