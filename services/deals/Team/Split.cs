using Platform.Common.V1;
using Platform.Monetary;

namespace Platform.Deals.Team;

/// <summary>Whose the credit for a deal is, by how many percent; lives in the deal's row. What that comes to follows from the amount.</summary>
internal sealed record Split
{
    public required Guid UserId { get; init; }

    public required decimal Percent { get; init; }

    public static Split Create(V1.DealSplit message) => new() { UserId = Guid.Parse(message.UserId), Percent = DecimalText.Parse(message.Percent) };

    /// <summary>The splits with their parts of the amount, which add up to it exactly.</summary>
    public static IEnumerable<V1.DealSplit> ToMessages(IReadOnlyList<Split> splits, decimal amount, string currency)
    {
        var parts = Amounts.Split(amount, [.. splits.Select(split => split.Percent)], currency);
        return splits.Select((split, i) => split.ToMessage(parts[i].ToMoney(currency)));
    }

    private V1.DealSplit ToMessage(Money amount) => new() { UserId = UserId.ToString(), Percent = DecimalText.Format(Percent), Amount = amount };
}
