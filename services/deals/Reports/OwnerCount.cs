using Platform.Data;
using Platform.Monetary;

namespace Platform.Deals.Reports;

/// <summary>What became of the deals of one person, of one team, or from one source.</summary>
internal sealed class OwnerCount
{
    private readonly Dictionary<V1.DealStatus, (int Count, decimal Amount)> _sums = new() { [V1.DealStatus.Open] = default, [V1.DealStatus.Won] = default, [V1.DealStatus.Lost] = default };
    private decimal _weighted;

    public int Won => _sums[V1.DealStatus.Won].Count;

    public decimal WonAmount => _sums[V1.DealStatus.Won].Amount;

    public void Add(V1.DealStatus status, decimal amount, decimal weighted)
    {
        _sums[status] = (_sums[status].Count + 1, _sums[status].Amount + amount);
        _weighted += weighted;
    }

    /// <param name="group">Which they are.</param>
    /// <param name="currency">Of the amounts; empty where none is told.</param>
    /// <param name="seesWeighted">Whether it is told what was expected.</param>
    public V1.FunnelOwner ToMessage(ReportGroup group, string currency, bool seesWeighted)
    {
        var (open, won, lost) = (_sums[V1.DealStatus.Open], _sums[V1.DealStatus.Won], _sums[V1.DealStatus.Lost]);
        var message = new V1.FunnelOwner { OwnerId = group.OwnerId.ToIdText(), TeamId = group.TeamId.ToIdText(), Source = group.Source, OpenCount = open.Count, WonCount = won.Count, LostCount = lost.Count };
        if (won.Count + lost.Count > 0)
            message.WinRate = (double)won.Count / (won.Count + lost.Count);
        if (currency.Length == 0)
            return message;
        (message.OpenAmount, message.WonAmount, message.LostAmount) = (open.Amount.ToMoney(currency), won.Amount.ToMoney(currency), lost.Amount.ToMoney(currency));
        if (seesWeighted)
            message.WeightedAmount = _weighted.ToMoney(currency);
        return message;
    }
}
