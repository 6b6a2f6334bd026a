using FluentValidation;
using Platform.Deals.Competitors;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Deals.Deals;
using Platform.Errors;
using Platform.Monetary.Rates;
using Platform.Pipelines.V1;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Deals.Stages;

internal static class MoveDeal
{
    private const int MaxMap = 500;

    public sealed class Validator : AbstractValidator<V1.MoveDealRequest>
    {
        public Validator()
        {
            RuleFor(request => request.StageId).OptionalId();
            RuleFor(request => request.PipelineId).OptionalId();
            RuleFor(request => request.LossReasonId).OptionalId();
            RuleFor(request => request.WonByCompetitorId).OptionalId();
            RuleFor(request => request.Reason).Text(500);
            RuleFor(request => request.StageMap).Must(map => map.Count <= MaxMap).WithMessage(_ => Say($"At most {MaxMap} stages."))
                .Must(map => map.All(pair => Guid.TryParse(pair.Key, out _) && Guid.TryParse(pair.Value, out _))).WithMessage("Use ids of stages (UUIDs).")
                // The same id is written in several ways.
                .Must(map => map.Keys.DistinctBy(key => Guid.TryParse(key, out var id) ? id.ToString() : key).Count() == map.Count).WithMessage("A stage is in the map twice.");
        }
    }

    public static async Task<Result<V1.Deal>> Handle(
        V1.MoveDealRequest request, DealsDbContext db, StageDirectory directory, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        // Read before it is locked: another service may have to be asked.
        if (!Guid.TryParse(request.Id, out var id) || await db.Deals.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } seen)
            return DealErrors.NotFound(request.Id);
        var place = await directory.PlaceAsync(request, seen, cancellationToken);
        if (place.IsError)
            return place.Error;
        var rules = await directory.RulesAsync(id, seen.StageId, place.Value, cancellationToken);
        if (rules.IsError)
            return rules.Error;
        await rates.EnsureAsync(cancellationToken);
        return await db.InTransactionAsync(() => MoveAsync(request, place.Value, rules.Value, db, rates, time, cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Deal>> MoveAsync(
        V1.MoveDealRequest request, Place place, StageRules rules, DealsDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockAsync(request.Id, cancellationToken) is not { } deal)
            return DealErrors.NotFound(request.Id);
        // Before the etag: a repeated call carries the one from before it was moved.
        if (deal.StageId == place.StageId)
            return deal.ToMessage();
        if (!deal.Matches(request.Etag))
            return Error.Stale("deal");
        if (!deal.IsOpen)
            return DealErrors.Closed;
        var from = deal.StageId;
        if ((Move(request, deal, place, time.GetUtcNow()) ?? rules.Check(from, place, deal.ToMessage())) is { } error)
            return error;
        await rates.ReportAsync(deal, cancellationToken);
        db.Publish(deal.Id, Event(deal));
        await db.SaveChangesAsync(cancellationToken);
        return deal.ToMessage();
    }

    private static Error? Move(V1.MoveDealRequest request, Deal deal, Place place, DateTimeOffset now) => place.Stage.Kind switch
    {
        StageKind.Won => deal.Win(place, now),
        StageKind.Lost => LossReasons.Check(place, request.LossReasonId)
            ?? deal.Lose(place, request.Reason, LossReasons.Find(place, request.LossReasonId), request.WonByCompetitorId, now),
        _ => deal.Move(place, now),
    };

    private static IMessage Event(Deal deal) => deal.Status switch
    {
        V1.DealStatus.Won => new V1.DealWon { Deal = deal.ToMessage() },
        V1.DealStatus.Lost => new V1.DealLost { Deal = deal.ToMessage() },
        _ => new V1.DealUpdated { Deal = deal.ToMessage() },
    };
}
