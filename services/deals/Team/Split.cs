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

    /// <summary>As the history of a deal keeps them: who, by how many percent.</summary>
    public static string ToText(IEnumerable<Split> splits) => string.Join(';', splits.Select(split => $"{split.UserId}={DecimalText.Format(split.Percent)}"));

    /// <summary>What <see cref="ToText"/> wrote.</summary>
    public static IReadOnlyList<Split> Parse(string text) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(split => new Split { UserId = Guid.Parse(split[..split.IndexOf('=')]), Percent = DecimalText.Parse(split[(split.IndexOf('=') + 1)..]) })];

    private V1.DealSplit ToMessage(Money amount) => new() { UserId = UserId.ToString(), Percent = DecimalText.Format(Percent), Amount = amount };
}
