using FluentValidation;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Monetary.Rates;
using Platform.Validation;

namespace Platform.Deals.Deals;

internal static class UpdateDeal
{
    public sealed class Validator : AbstractValidator<V1.UpdateDealRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Deal).NotNull().WithMessage("Send the deal.");
            RuleFor(request => request.Deal.Id).Id().When(request => request.Deal is not null);
        }
    }

    public static async Task<Result<V1.Deal>> Handle(
        V1.UpdateDealRequest request, DealsDbContext db, Customers customers, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LoadAsync(request.Deal.Id, cancellationToken) is not { } deal)
            return DealErrors.NotFound(request.Deal.Id);
        if (!deal.Matches(request.Deal.Etag))
            return Error.Stale("deal");
        if (!deal.IsOpen)
            return DealErrors.Closed;
        var merged = Masks.Merge(deal.ToMessage(), request.Deal, request.UpdateMask).Validate(new DealValidator(), "deal");
        if (merged.IsError)
            return merged.Error;
        if (await CheckCustomerAsync(deal, merged.Value, customers, cancellationToken) is { } unknown)
            return unknown;
        if (db.Caller.PrepareCustomFields(Deal.Resource.Info, merged.Value, deal.CustomFields) is { } fault)
            return fault;
        deal.Update(merged.Value, time.GetUtcNow());
        await rates.EnsureAsync(cancellationToken);
        return await db.InTransactionAsync(() => SaveAsync(deal, db, rates, cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Deal>> SaveAsync(Deal deal, DealsDbContext db, ReportingRates rates, CancellationToken cancellationToken)
    {
        await rates.ReportAsync(deal, cancellationToken);
        db.Publish(deal.Id, new V1.DealUpdated { Deal = deal.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : deal.ToMessage();
    }

    // Only what is new is asked for: a deal stays editable after its company was deleted, and while contacts is away.
    private static Task<Error?> CheckCustomerAsync(Deal deal, V1.Deal merged, Customers customers, CancellationToken cancellationToken) => customers.CheckAsync(
        merged.CompanyId.ToIdOrNull() == deal.CompanyId ? "" : merged.CompanyId,
        merged.PersonId.ToIdOrNull() == deal.PersonId ? "" : merged.PersonId,
        cancellationToken);
}
