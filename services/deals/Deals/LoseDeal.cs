using FluentValidation;
using Platform.Errors;
using Platform.Monetary.Rates;
using Platform.Validation;

namespace Platform.Deals.Deals;

internal static class LoseDeal
{
    public sealed class Validator : AbstractValidator<V1.LoseDealRequest>
    {
        public Validator() => RuleFor(request => request.Reason).Text(500);
    }

    public static async Task<Result<V1.Deal>> Handle(V1.LoseDealRequest request, DealsDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        await rates.EnsureAsync(cancellationToken);
        return await db.InTransactionAsync(() => LoseAsync(request, db, rates, time, cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Deal>> LoseAsync(V1.LoseDealRequest request, DealsDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockAsync(request.Id, cancellationToken) is not { } deal)
            return DealErrors.NotFound(request.Id);
        // Before the etag: a repeated call carries the one from before it was lost.
        if (deal.Status == V1.DealStatus.Lost)
            return deal.ToMessage();
        if (!deal.Matches(request.Etag))
            return Error.Stale("deal");
        if (deal.Lose(request.Reason, time.GetUtcNow()) is { } error)
            return error;
        await rates.ReportAsync(deal, cancellationToken);
        db.Publish(deal.Id, new V1.DealLost { Deal = deal.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return deal.ToMessage();
    }
}
