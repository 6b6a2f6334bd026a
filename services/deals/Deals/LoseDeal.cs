using FluentValidation;
using Platform.Deals.Competitors;
using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Monetary.Rates;
using Platform.Pipelines.V1;
using Platform.Validation;

namespace Platform.Deals.Deals;

internal static class LoseDeal
{
    public sealed class Validator : AbstractValidator<V1.LoseDealRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Reason).Text(500);
            RuleFor(request => request.LossReasonId).OptionalId();
            RuleFor(request => request.WonByCompetitorId).OptionalId();
        }
    }

    public static async Task<Result<V1.Deal>> Handle(
        V1.LoseDealRequest request, DealsDbContext db, StageDirectory stages, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        // Other services are asked before the deal is locked.
        if (await db.PlaceOfAsync(request.Id, cancellationToken) is not { } seen)
            return DealErrors.NotFound(request.Id);
        var rules = await stages.RulesAsync(seen, StageKind.Lost, cancellationToken);
        if (rules.IsError)
            return rules.Error;
        await rates.EnsureAsync(cancellationToken);
        return await db.InTransactionAsync(() => LoseAsync(request, rules.Value, db, rates, time, cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Deal>> LoseAsync(
        V1.LoseDealRequest request, StageRules rules, DealsDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockAsync(request.Id, cancellationToken) is not { } deal)
            return DealErrors.NotFound(request.Id);
        // Before the etag: a repeated call carries the one from before it was lost.
        if (deal.Status == V1.DealStatus.Lost)
            return deal.ToMessage();
        if (!deal.Matches(request.Etag))
            return Error.Stale("deal");
        var place = rules.Book.End(deal.PipelineId, StageKind.Lost);
        if (place.IsError)
            return place.Error;
        if (Close(request, deal, place.Value, rules, time.GetUtcNow()) is { } error)
            return error;
        await rates.ReportAsync(deal, cancellationToken);
        db.Publish(deal.Id, new V1.DealLost { Deal = deal.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return deal.ToMessage();
    }

    private static Error? Close(V1.LoseDealRequest request, Deal deal, Place place, StageRules rules, DateTimeOffset now)
    {
        var from = deal.StageId;
        return LossReasons.Check(place, request.LossReasonId)
            ?? deal.Lose(place, request.Reason, LossReasons.Find(place, request.LossReasonId), request.WonByCompetitorId, now)
            ?? rules.Check(from, place, deal.ToMessage());
    }
}
