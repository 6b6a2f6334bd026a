namespace Dapr.Workflow;

/// <summary>How much history a call hands to what it calls.</summary>
public enum HistoryPropagationScope
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The caller's own.</summary>
    OwnHistory = 1,

    /// <summary>The caller's own and what the caller was handed.</summary>
    Lineage = 2,
}
