using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields;
using Platform.Data;
using Platform.Deals.Lines;
using Platform.Deals.Origins;
using Platform.Deals.Quotes;
using Platform.Deals.Stages;
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
        V1.UpdateDealRequest request, DealsDbContext db, Customers customers, Catalog catalog, DealOrigins origins, StageDirectory stages, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LoadAsync(request.Deal.Id, cancellationToken) is not { } deal)
            return DealErrors.NotFound(request.Deal.Id);
        if (!deal.Matches(request.Deal.Etag))
            return Error.Stale("deal");
        var merged = await MergeAsync(deal, request.Deal, request.UpdateMask, db, customers, catalog, cancellationToken);
        if (merged.IsError)
            return merged.Error;
        if (await origins.FollowAsync(deal, request.Deal, request.UpdateMask, merged.Value, cancellationToken) is { } astray)
            return astray;
        var place = await PlaceAsync(deal, merged.Value, stages, cancellationToken);
        if (place is { IsError: true, Error: var unplaced })
            return unplaced;
        var currency = deal.Currency;
        if (await EnterAsync(deal, merged.Value, place?.Value, stages, time.GetUtcNow(), cancellationToken) is { } missing)
            return missing;
        await rates.EnsureAsync(cancellationToken);
        return await db.InTransactionAsync(() => SaveAsync(deal, currency, db, rates, cancellationToken), cancellationToken);
    }

    /// <summary>What the deal would be, or why it cannot be that, but for what its place says.</summary>
    public static async Task<Result<V1.Deal>> MergeAsync(Deal deal, V1.Deal change, FieldMask? mask, DealsDbContext db, Customers customers, Catalog catalog, CancellationToken cancellationToken)
    {
        if (!deal.IsOpen)
            return DealErrors.Closed;
        var merged = Masks.Merge(deal.ToMessage(), change, mask);
        if (!merged.IsError && await catalog.CompleteAsync("deal", merged.Value.LineItems, merged.Value.Currency, deal.LineItems, cancellationToken) is { } unsold)
            return unsold;
        merged = merged.Validate(new DealValidator(), "deal");
        if (merged.IsError)
            return merged;
        if (await CheckCustomerAsync(deal, merged.Value, customers, cancellationToken) is { } unknown)
            return unknown;
        return db.Caller.PrepareCustomFields(Deal.Resource.Info, merged.Value, deal.CustomFields) is { } fault ? fault : merged;
    }

    private static async Task<Result<V1.Deal>> SaveAsync(Deal deal, string currency, DealsDbContext db, ReportingRates rates, CancellationToken cancellationToken)
    {
        if (deal.Currency != currency && await IsQuotedAsync(deal, db, cancellationToken))
            return QuoteErrors.CurrencyQuoted;
        await TellAsync(deal, db, rates, cancellationToken);
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : deal.ToMessage();
    }

    /// <summary>Tells of a deal that was changed, with what it is worth in the company's currency; in the transaction that saves it.</summary>
    public static async Task TellAsync(Deal deal, DealsDbContext db, ReportingRates rates, CancellationToken cancellationToken)
    {
        await rates.ReportAsync(deal, cancellationToken);
        db.Publish(deal.Id, new V1.DealUpdated { Deal = deal.ToMessage() });
    }

    // The deal first, as who sends a quote does: none is sent meanwhile.
    private static async Task<bool> IsQuotedAsync(Deal deal, DealsDbContext db, CancellationToken cancellationToken)
    {
        await db.LockAsync(deal.Id.ToString(), cancellationToken);
        return (await db.LockQuotesOfAsync(deal.Id, cancellationToken)).Exists(quote => quote.Status is V1.QuoteStatus.Draft or V1.QuoteStatus.Sent or V1.QuoteStatus.Accepted);
    }

    /// <summary>Makes the deal that, in the stage where it is to be; what that or the one that it leaves asks for and it has not.</summary>
    public static async Task<Error?> EnterAsync(Deal deal, V1.Deal merged, Place? place, StageDirectory stages, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var from = deal.StageId;
        if (place is null || place.StageId == from)
        {
            deal.Update(merged, place, now);
            return null;
        }

        var rules = await stages.RulesAsync(deal.Id, from, place, cancellationToken);
        if (rules.IsError)
            return rules.Error;
        deal.Update(merged, place, now);
        return rules.Value.Check(from, place, deal.ToMessage());
    }

    /// <summary>Where the deal is to be; null where nothing depends on it, so that a deal stays editable while pipelines is away.</summary>
    public static async Task<Result<Place>?> PlaceAsync(Deal deal, V1.Deal merged, StageDirectory stages, CancellationToken cancellationToken) =>
        merged.PipelineId.ToIdOrNull() != deal.PipelineId || merged.StageId.ToIdOrNull() != deal.StageId || !merged.HasProbability
            || merged.Probability != deal.Probability || merged.ForecastCategory != deal.ForecastCategory
            ? await stages.PlaceAsync(deal, merged, cancellationToken)
            : (Result<Place>?)null;

    // Only what is new is asked for: a deal stays editable after its company was deleted, and while contacts is away.
    private static async Task<Error?> CheckCustomerAsync(Deal deal, V1.Deal merged, Customers customers, CancellationToken cancellationToken) => await customers.CheckAsync(
            merged.CompanyId.ToIdOrNull() == deal.CompanyId ? "" : merged.CompanyId,
            merged.PersonId.ToIdOrNull() == deal.PersonId ? "" : merged.PersonId,
            cancellationToken)
        ?? await customers.CheckAsync(merged.Contacts, [.. deal.Contacts.Select(contact => contact.PersonId)], cancellationToken);
}
