using System.Globalization;
using Platform.Common.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Pipelines.V1;

namespace Platform.Demo;

/// <summary>Deals that are still open, spread over the stages: the board has something to show.</summary>
internal sealed class Prospects(Api api)
{
    private static readonly (string Name, string Amount, int Days)[] Deals =
    [
        ("Fleet tracking for 40 vans", "3400", 45), ("Warehouse scanners", "12900", 60), ("Route planning, second depot", "5200.50", 30), ("Cold chain sensors", "18750", 80),
        ("Customs documents", "2400", 20), ("Driver training", "1980", 15), ("Yard management", "27300", 90), ("Return logistics", "8650", 50),
    ];

    /// <summary>Once: where they are there, it stays at that.</summary>
    public async Task<string> SpreadAsync(ConvertLeadResponse customer)
    {
        var open = await OpenStagesAsync();
        if (open.Sum(stage => stage.DealCount) < Deals.Length)
        {
            foreach (var (i, deal) in Deals.Index())
                await api.PostAsync<Deal>("/api/v1/deals", ToMessage(deal, customer, open[i % open.Count].Stage));
            open = await OpenStagesAsync();
        }

        return string.Join(", ", open.Select(stage => $"{stage.DealCount} in {stage.Stage.Name}"));
    }

    private async Task<List<DealBoardStage>> OpenStagesAsync() =>
        [.. (await api.GetAsync<DealBoard>("/api/v1/deals:board?pageSize=1")).Stages.Where(stage => stage.Stage.Kind == StageKind.Open)];

    private static Deal ToMessage((string Name, string Amount, int Days) deal, ConvertLeadResponse customer, Stage stage) => new()
    {
        Name = deal.Name,
        CompanyId = customer.CompanyId,
        PersonId = customer.PersonId,
        Currency = "EUR",
        AmountEstimate = new Money { Currency = "EUR", Amount = deal.Amount },
        CloseDate = TimeProvider.System.GetUtcNow().AddDays(deal.Days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        StageId = stage.Id,
    };
}
