namespace Platform.Tenancy.Placements;

/// <summary>What a move says of itself.</summary>
/// <param name="Step">What was done: prepare, copy, catch-up, switch, clean or done.</param>
/// <param name="Rows">Rows that the step wrote or removed.</param>
/// <param name="Took">How long it took; for the switch, how long the tenant's transactions waited at most.</param>
public sealed record MoveProgress(string Step, long Rows, TimeSpan Took)
{
    /// <summary>At the switch: each table, equal on both sides.</summary>
    public IReadOnlyList<TableFingerprint> Tables { get; init; } = [];
}

/// <summary>Count and hash of a tenant's rows in a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">How many.</param>
/// <param name="Hash">Sum of the hashes of the rows' texts.</param>
public sealed record TableFingerprint(string Table, long Rows, string Hash);
