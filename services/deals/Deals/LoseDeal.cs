using FluentValidation;
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
        }
    }

    public static async Task<Result<V1.Deal>> Handle(
        V1.LoseDealRequest request, DealsDbContext db, StageDirectory stages, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        // Other services are asked before the deal is locked.
        var book = await stages.GetWithAsync(await db.PipelineOfAsync(request.Id, cancellationToken), stage: null, cancellationToken);
        if (book.IsError)
            return book.Error;
        await rates.EnsureAsync(cancellationToken);
        return await db.InTransactionAsync(() => LoseAsync(request, book.Value, db, rates, time, cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Deal>> LoseAsync(
        V1.LoseDealRequest request, Book book, DealsDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockAsync(request.Id, cancellationToken) is not { } deal)
            return DealErrors.NotFound(request.Id);
        // Before the etag: a repeated call carries the one from before it was lost.
        if (deal.Status == V1.DealStatus.Lost)
            return deal.ToMessage();
        if (!deal.Matches(request.Etag))
            return Error.Stale("deal");
        var place = book.End(deal.PipelineId, StageKind.Lost);
        if (place.IsError)
            return place.Error;
        if (Close(request, deal, place.Value, time.GetUtcNow()) is { } error)
            return error;
        await rates.ReportAsync(deal, cancellationToken);
        db.Publish(deal.Id, new V1.DealLost { Deal = deal.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return deal.ToMessage();
    }

    private static Error? Close(V1.LoseDealRequest request, Deal deal, Place place, DateTimeOffset now) =>
        LossReasons.Check(place, request.LossReasonId)
            ?? deal.Lose(place, request.Reason, LossReasons.Find(place, request.LossReasonId), now)
            ?? EntryRequirements.Check(place, deal.ToMessage());
}
