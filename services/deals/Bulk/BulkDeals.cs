using Platform.Bulk;
using Platform.Deals.Deals;
using Platform.Deals.Origins;
using Platform.Monetary.Rates;

namespace Platform.Deals.Bulk;

/// <summary>
/// Work on many deals: of the parts of their single writes. Where a deal stands, what it is sold in and what it consists of is written deal by
/// deal. One that is deleted is told of as one that may come back, so that the contacts service keeps its timeline.
/// </summary>
internal static class BulkDeals
{
    public static BulkKind<DealsDbContext, Deal, V1.Deal> Kind { get; } = new(Deal.Resource, V1.Deal.Parser)
    {
        Noun = "deal",
        Held = (db, ids) => db.LockAll(ids),
        ToMessage = row => row.ToMessage(),
        CustomFields = row => row.CustomFields,
        Alone = new HashSet<string>(["pipeline_id", "stage_id", "probability", "forecast_category", "currency", "line_items", "competitors", "team", "contacts", "splits"], StringComparer.Ordinal),
        Targets = (services, change, cancellationToken) => services.GetRequiredService<Customers>().CheckAsync("update.deal", change.CompanyId, change.PersonId, cancellationToken),
        Refuse = row => row.IsOpen ? null : DealErrors.Closed,
        Merge = async (services, db, row, change, mask, cancellationToken) =>
        {
            var merged = await UpdateDeal.MergeAsync(row, change, mask, db, services.GetRequiredService<Customers>(), cancellationToken);
            return merged.IsError || await services.GetRequiredService<DealOrigins>().FollowAsync(row, merged.Value, cancellationToken) is not { } astray ? merged : astray;
        },
        Write = (services, db, row, message, now, cancellationToken) =>
        {
            row.Update(message, place: null, now);
            return UpdateDeal.TellAsync(row, db, services.GetRequiredService<ReportingRates>(), cancellationToken);
        },
        PutBack = (services, db, row, message, now, cancellationToken) =>
        {
            row.PutBack(message, now);
            return UpdateDeal.TellAsync(row, db, services.GetRequiredService<ReportingRates>(), cancellationToken);
        },
        OnSave = _ => [],
        Delete = (db, rows, _) =>
        {
            foreach (var row in rows)
                DeleteDeal.Remove(db, row, mayComeBack: true);
            return Task.CompletedTask;
        },
        OnDelete = [DealErrors.HasQuotes],
        Restore = (services, db, message, cancellationToken) => RestoreDeal.RestoreAsync(message, db, services.GetRequiredService<ReportingRates>(), cancellationToken),
    };

    public static BulkOrder OrderOf(V1.BulkDealsRequest request) => new(request.Filter, request.Ids, request.All, request.TimeZone)
    {
        IsUpdate = request.Update is not null,
        Change = request.Update?.Deal,
        Mask = request.Update?.UpdateMask,
        Assign = request.Assign,
        AddTags = request.AddTags,
        RemoveTags = request.RemoveTags,
        Delete = request.Delete,
        Export = request.Export,
    };
}
