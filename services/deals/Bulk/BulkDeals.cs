using Google.Protobuf.WellKnownTypes;
using Platform.Bulk;
using Platform.Deals.Deals;
using Platform.Deals.Lines;
using Platform.Deals.Origins;
using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Monetary.Rates;

namespace Platform.Deals.Bulk;

/// <summary>
/// Work on many deals: of the parts of their single writes. What a deal is sold in and what it consists of is written deal by deal, and won and lost
/// is each alone. One that is deleted is told of as one that may come back, so that the contacts service keeps its timeline.
/// </summary>
internal static class BulkDeals
{
    public static BulkKind<DealsDbContext, Deal, V1.Deal> Kind { get; } = new(Deal.Resource, V1.Deal.Parser)
    {
        Noun = "deal",
        Held = (db, ids) => db.LockAll(ids),
        ToMessage = row => row.ToMessage(),
        CustomFields = row => row.CustomFields,
        Alone = new HashSet<string>(["currency", "line_items", "competitors", "team", "contacts", "splits"], StringComparer.Ordinal),
        Targets = CheckAsync,
        Refuse = row => row.IsOpen ? null : DealErrors.Closed,
        Merge = MergeAsync,
        Prepare = PrepareAsync,
        Write = WriteAsync,
        PutBack = PutBackAsync,
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

    private static async Task<Error?> CheckAsync(IServiceProvider services, V1.Deal change, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<Customers>().CheckAsync("update.deal", change.CompanyId, change.PersonId, cancellationToken) is { } unknown)
            return unknown;
        if (change.PipelineId.Length == 0 && change.StageId.Length == 0)
            return null;
        if (change.PipelineId.Length > 0 && !Guid.TryParse(change.PipelineId, out _))
            return StageErrors.NoPipeline("update.deal.pipelineId");
        if (change.StageId.Length > 0 && !Guid.TryParse(change.StageId, out _))
            return StageErrors.NoStage("update.deal.stageId");
        return (await services.GetRequiredService<StageDirectory>().PlaceAsync(change, cancellationToken, "update.deal.")).Error;
    }

    private static async Task<Result<V1.Deal>> MergeAsync(IServiceProvider services, DealsDbContext db, Deal row, V1.Deal change, FieldMask? mask, CancellationToken cancellationToken)
    {
        var merged = await UpdateDeal.MergeAsync(row, change, mask, db, services.GetRequiredService<Customers>(), services.GetRequiredService<Catalog>(), cancellationToken);
        return merged.IsError || await services.GetRequiredService<DealOrigins>().FollowAsync(row, change, mask, merged.Value, cancellationToken) is not { } astray ? merged : astray;
    }

    // What is wrong with a deal is told when it is written. One that goes elsewhere between the two is not told enough about then, and is asked about again, alone.
    private static async Task PrepareAsync(IServiceProvider services, DealsDbContext db, IReadOnlyList<Deal> rows, V1.Deal change, FieldMask? mask, CancellationToken cancellationToken)
    {
        var stages = services.GetRequiredService<StageDirectory>();
        foreach (var row in rows.Where(row => row.IsOpen))
        {
            var merged = await MergeAsync(services, db, row, change, mask, cancellationToken);
            ThrowOutage(merged.Error);
            if (merged.IsError || await UpdateDeal.PlaceAsync(row, merged.Value, stages, cancellationToken) is not { } place)
                continue;
            ThrowOutage(place.Error);
            if (!place.IsError && place.Value.StageId != row.StageId)
                ThrowOutage((await stages.RulesAsync(row.Id, row.StageId, place.Value, cancellationToken)).Error);
        }

        services.GetRequiredService<Customers>().Close();
        stages.Close();
    }

    private static void ThrowOutage(Error? error)
    {
        if (error is { Status: Google.Rpc.Code.Unavailable })
            throw error.ToRpcException();
    }

    // What a stage asks for is known when the deal is as it is to be; a batch that is refused is tried deal by deal.
    private static async Task WriteAsync(IServiceProvider services, DealsDbContext db, Deal row, V1.Deal message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stages = services.GetRequiredService<StageDirectory>();
        var place = await UpdateDeal.PlaceAsync(row, message, stages, cancellationToken);
        if (place is { IsError: true, Error: var unplaced })
            throw unplaced.ToRpcException();
        if (await UpdateDeal.EnterAsync(row, message, place?.Value, stages, now, cancellationToken) is { } missing)
            throw missing.ToRpcException();
        await UpdateDeal.TellAsync(row, db, services.GetRequiredService<ReportingRates>(), cancellationToken);
    }

    // Nothing is asked of a deal that goes back.
    private static async Task PutBackAsync(IServiceProvider services, DealsDbContext db, Deal row, V1.Deal message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var place = await UpdateDeal.PlaceAsync(row, message, services.GetRequiredService<StageDirectory>(), cancellationToken);
        if (place is { IsError: true, Error: var unplaced })
            throw unplaced.ToRpcException();
        row.PutBack(message, place?.Value, now);
        await UpdateDeal.TellAsync(row, db, services.GetRequiredService<ReportingRates>(), cancellationToken);
    }
}
