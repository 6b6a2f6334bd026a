using Platform.Monetary;
using Platform.Pipelines.V1;

namespace Platform.Deals.Forecasts;

/// <summary>Forecasts from the bottom of a hierarchy to its top.</summary>
/// <param name="sums">What everybody's own deals are worth.</param>
/// <param name="overrides">The last that was said of each, also where it takes the one before away, or is in a currency that the company has not any more.</param>
/// <param name="currency">The company's.</param>
internal sealed class ForecastNodes(
    IReadOnlyDictionary<(Guid Owner, ForecastCategory Category), OwnSum> sums, IReadOnlyDictionary<(Guid User, ForecastCategory Category), ForecastOverride> overrides, string currency)
{
    private static readonly ForecastCategory[] Told = [ForecastCategory.Pipeline, ForecastCategory.BestCase, ForecastCategory.Commit, ForecastCategory.Closed];

    /// <summary>A node for each of the people, in their order.</summary>
    /// <param name="people">Each after the one above.</param>
    public IEnumerable<V1.ForecastNode> Of(IReadOnlyList<(Guid User, Guid? Manager)> people)
    {
        var below = new Dictionary<(Guid, ForecastCategory), decimal>();
        var nodes = new V1.ForecastNode[people.Count];
        for (var i = people.Count - 1; i >= 0; i--)
        {
            var (user, manager) = people[i];
            nodes[i] = new V1.ForecastNode { UserId = user.ToString(), ManagerId = manager?.ToString() ?? "" };
            foreach (var category in Told)
            {
                var (line, forecast) = Line(user, category, below.GetValueOrDefault((user, category)));
                nodes[i].Sums.Add(line);
                if (manager is { } above)
                    below[(above, category)] = below.GetValueOrDefault((above, category)) + forecast;
            }
        }

        return nodes;
    }

    private (V1.ForecastNodeSum Line, decimal Forecast) Line(Guid user, ForecastCategory category, decimal fromBelow)
    {
        var own = sums.GetValueOrDefault((user, category), OwnSum.None);
        var last = overrides.GetValueOrDefault((user, category));
        var said = last?.Currency == currency && last.Amount is not null ? last : null;
        var forecast = said?.Amount ?? (own.Amount + fromBelow);
        return (new V1.ForecastNodeSum
        {
            Category = category,
            DealCount = own.Count,
            UnconvertedCount = own.Unconverted,
            OwnAmount = own.Amount.ToMoney(currency),
            TeamAmount = (own.Amount + fromBelow).ToMoney(currency),
            Override = said?.ToMessage(),
            Forecast = forecast.ToMoney(currency),
            Etag = category == ForecastCategory.Closed ? "" : ForecastOverride.EtagOf(last?.Number ?? 0),
        }, forecast);
    }
}
