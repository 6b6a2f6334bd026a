using Platform.Automation.Processes;

namespace Platform.Automation.QuoteToCash;

/// <summary>Ids and settings; the settings are part of the input so that a replay sees those of the start.</summary>
internal sealed record QuoteToCashInput(Guid TenantId, Guid DealId, int EmailTries, TimeSpan EmailRetryDelay, TimeSpan EmailTimeout, int StepAttempts, string CausedBy = "")
{
    public const string ProcessType = "quote-to-cash";
    public const string SubjectType = "deal";

    /// <summary>One instance a deal: starting it twice starts it once. The tenant stands in it, for all tenants' instances are in one engine.</summary>
    public static string InstanceId(Guid tenantId, Guid dealId) => $"{ProcessType}-{tenantId}-{dealId}";

    /// <summary>The external event that tells of a try's e-mail.</summary>
    public static string EmailEvent(int attempt) => $"email-{attempt}";

    /// <summary>The wait before a try of the e-mail, from the second on.</summary>
    public TimeSpan DelayBefore(int attempt) => EmailRetryDelay * Math.Pow(2, attempt - 2);

    /// <summary>The step of one try of the e-mail.</summary>
    public StepContext EmailStep(int attempt) => Step($"send-email-{attempt}");

    public StepContext Step(string name, bool compensation = false) => new(TenantId, ProcessType, SubjectType, DealId, name, compensation) { CausedBy = CausedBy };
}

/// <summary>What an activity gets.</summary>
/// <param name="Process">The process.</param>
/// <param name="InvoiceId">The invoice, once there is one.</param>
/// <param name="Attempt">Which try of the e-mail.</param>
/// <param name="EmailId">The e-mail of that try, once there is one.</param>
/// <param name="Reason">Why something is undone, or why the process stopped.</param>
/// <param name="Flag">What the deal is flagged with.</param>
internal sealed record StepInput(
    QuoteToCashInput Process, string InvoiceId = "", int Attempt = 0, string EmailId = "", string Reason = "", string Flag = DealFlags.NotDelivered);

/// <summary>Codes that call a person to a deal.</summary>
internal static class DealFlags
{
    /// <summary>The customer has no invoice: what had been done was undone.</summary>
    public const string NotDelivered = "INVOICE_NOT_DELIVERED";

    /// <summary>The process stopped half-way: a person must see how far it came.</summary>
    public const string Stopped = "INVOICE_PROCESS_STOPPED";
}

/// <summary>What became of an e-mail; <see cref="Known"/> is false while it is under way.</summary>
internal sealed record EmailOutcome(bool Known, bool Sent, string Error);
