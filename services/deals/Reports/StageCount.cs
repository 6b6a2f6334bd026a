using Platform.Monetary;
using Platform.Pipelines.V1;

namespace Platform.Deals.Reports;

/// <summary>What was counted of a stage.</summary>
internal sealed class StageCount(Stage stage)
{
    private decimal _amount;
    private int _passed;

    public Stage Stage => stage;

    public int Reached { get; private set; }

    public int Current { get; set; }

    /// <summary>How long deals were in it that left it, in days.</summary>
    public List<double> Stays { get; } = [];

    /// <summary>Counts a deal that reached it.</summary>
    /// <param name="amount">What it is worth.</param>
    /// <param name="hasPassed">Whether it also reached the open stage before this one; many are lost without.</param>
    public void Reach(decimal amount, bool hasPassed)
    {
        Reached++;
        _passed += hasPassed ? 1 : 0;
        _amount += amount;
    }

    /// <param name="before">The open stage before it; null for none.</param>
    /// <param name="currency">Of the amount; empty where that is not told.</param>
    public V1.FunnelStage ToMessage(StageCount? before, string currency)
    {
        var message = new V1.FunnelStage { Stage = stage, ReachedCount = Reached, CurrentCount = Current, StayCount = Stays.Count };
        if (currency.Length > 0)
            message.ReachedAmount = _amount.ToMoney(currency);
        if (before is { Reached: > 0 })
            message.Conversion = (double)_passed / before.Reached;
        if (Stays.Count > 0)
            (message.AverageDays, message.MedianDays) = (Stays.Average(), Durations.Median(Stays));
        return message;
    }
}
