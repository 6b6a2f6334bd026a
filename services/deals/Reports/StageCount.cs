using Platform.Monetary;
using Platform.Pipelines.V1;

namespace Platform.Deals.Reports;

/// <summary>What was counted of a stage.</summary>
internal sealed class StageCount(Stage stage)
{
    private decimal _amount;

    public Stage Stage => stage;

    public int Reached { get; private set; }

    public int Current { get; set; }

    /// <summary>How long deals were in it that left it, in days.</summary>
    public List<double> Stays { get; } = [];

    public void Reach(decimal amount)
    {
        Reached++;
        _amount += amount;
    }

    /// <param name="before">The open stage before it.</param>
    /// <param name="currency">Of the amount; empty where that is not told.</param>
    public V1.FunnelStage ToMessage(StageCount? before, string currency)
    {
        var message = new V1.FunnelStage { Stage = stage, ReachedCount = Reached, CurrentCount = Current, StayCount = Stays.Count };
        if (currency.Length > 0)
            message.ReachedAmount = _amount.ToMoney(currency);
        if (before is { Reached: > 0 })
            message.Conversion = (double)Reached / before.Reached;
        if (Stays.Count > 0)
            (message.AverageDays, message.MedianDays) = (Stays.Average(), Durations.Median(Stays));
        return message;
    }
}
