using FluentValidation;
using Platform.CustomFields;
using Platform.Data;
using Platform.Deals.Lines;
using Platform.Deals.Origins;
using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Monetary.Rates;
using Platform.Validation;

namespace Platform.Deals.Deals;

internal static class CreateDeal
{
    public sealed class Validator : AbstractValidator<V1.CreateDealRequest>
    {
        // The rest is known when the catalog has filled the lines.
        public Validator()
        {
            RuleFor(request => request.Deal).NotNull().WithMessage("Send the deal.");
            RuleFor(request => request.ConversionId).OptionalId();
        }
    }

    public static async Task<Result<V1.Deal>> Handle(
        V1.CreateDealRequest request, DealsDbContext db, Customers customers, Catalog catalog, DealOrigins origins, Conversions conversions, StageDirectory stages, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        var conversion = request.ConversionId.ToIdOrNull();
        // Who got no answer sends it again.
        if (conversion is not null && await db.LoadAsync(request.ConversionId, cancellationToken) is { } made)
            return made.ToMessage();
        if (await catalog.CompleteAsync("deal", request.Deal.LineItems, request.Deal.Currency, known: [], cancellationToken) is { } unsold)
            return unsold;
        if (((Result<V1.Deal>)request.Deal).Validate(new DealValidator(), "deal") is { IsError: true, Error: var invalid })
            return invalid;
        var unknown = conversion is { } id ? await conversions.CheckAsync(id, request.Deal, cancellationToken) : await customers.CheckAsync(request.Deal.CompanyId, request.Deal.PersonId, cancellationToken);
        if (unknown is { } error)
            return error;
        if (await customers.CheckAsync(request.Deal.Contacts, [], cancellationToken) is { } missing)
            return missing;
        if (await origins.BeginAsync(request.Deal, cancellationToken) is { } astray)
            return astray;
        if (db.Caller.PrepareCustomFields(Deal.Resource.Info, request.Deal, stored: null) is { } fault)
            return fault;
        var place = await stages.PlaceAsync(request.Deal, cancellationToken);
        if (place.IsError)
            return place.Error;
        await rates.EnsureAsync(cancellationToken);
        return await db.InTransactionAsync(() => AddAsync(request.Deal, conversion, place.Value, db, rates, time, cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Deal>> AddAsync(
        V1.Deal message, Guid? id, Place place, DealsDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        var deal = Deal.Create(message, place, time.GetUtcNow(), id);
        if (new Passage(From: null, place).Check(deal.ToMessage(), DoneActivities.None) is { } missing)
            return missing;
        await rates.ReportAsync(deal, cancellationToken);
        db.Deals.Add(deal);
        db.Publish(deal.Id, new V1.DealCreated { Deal = deal.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, DealErrors.Repeated) is { } error ? error : deal.ToMessage();
    }
}
