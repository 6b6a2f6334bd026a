using Platform.Deals.Team;
using Platform.Monetary;

namespace Platform.Deals.Reports;

/// <summary>Whose a deal is in a report with a line for each person, and by how much.</summary>
internal sealed class Credits
{
    private readonly IReadOnlyList<Split> _splits;

    private Credits(IReadOnlyList<Guid?> users, IReadOnlyList<Split> splits) => (Users, _splits) = (users, splits);

    /// <summary>Who; null for nobody.</summary>
    public IReadOnlyList<Guid?> Users { get; }

    public static Credits Of(Guid? owner, string credit, bool bySplits) =>
        bySplits && Split.Parse(credit) is { Count: > 0 } splits ? new Credits([.. splits.Select(split => (Guid?)split.UserId)], splits) : new Credits([owner], []);

    /// <summary>The parts of an amount, one for each of them, which add up to it exactly.</summary>
    public IReadOnlyList<decimal> Parts(decimal amount, string currency) => _splits.Count == 0 || currency.Length == 0 ? [amount] : Amounts.Split(amount, [.. _splits.Select(split => split.Percent)], currency);
}
