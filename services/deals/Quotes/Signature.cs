namespace Platform.Deals.Quotes;

/// <summary>Who answers a quote, and how.</summary>
/// <param name="Name">What was typed, or who the salesperson says it was.</param>
/// <param name="Reason">Why it is declined.</param>
/// <param name="ClientAddress">Where the link was opened from; empty where somebody else writes the answer down.</param>
/// <param name="RecordedBy">Who writes it down; null where the customer answers.</param>
internal sealed record Signature(string Name, string Reason, string ClientAddress, Guid? RecordedBy);
