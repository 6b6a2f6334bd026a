using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Monetary;
using static Platform.Languages.Wording;

namespace Platform.Tenants.ExchangeRates;

internal static class SetExchangeRates
{
    private const int MaxRates = 1_000;

    public sealed class Validator : AbstractValidator<V1.SetExchangeRatesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Rates).Must(rates => rates.Count is > 0 and <= MaxRates).WithMessage(_ => Say($"Send 1 to {MaxRates} rates."))
                .Must(rates => rates.DistinctBy(rate => (rate.Currency, rate.ValidFrom)).Count() == rates.Count).WithMessage("A currency has one rate a day: each of them once.");
            RuleForEach(request => request.Rates).SetValidator(new RateValidator());
        }
    }

    public static Task<Result<V1.SetExchangeRatesResponse>> Handle(
        V1.SetExchangeRatesRequest request, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => SetAsync(request.Rates, index => $"rates[{index}].currency", db, time, cancellationToken), cancellationToken);

    /// <summary>Sets them in the open transaction: all or none.</summary>
    /// <param name="rates">Valid, each currency and day once.</param>
    /// <param name="fieldOf">How the request names the currency of one of them.</param>
    /// <param name="db">The unit of work.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Result<V1.SetExchangeRatesResponse>> SetAsync(
        IReadOnlyList<V1.ExchangeRate> rates, Func<int, string> fieldOf, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        // First, so that the company's currency stays what it is until the end.
        var change = await db.BeginRateChangeAsync(cancellationToken);
        var company = await db.Tenants.Select(tenant => tenant.Currency).SingleOrDefaultAsync(cancellationToken);
        if (company is null || !Currencies.Exists(company))
            return RateErrors.WithoutCurrency;
        if (rates.Index().FirstOrDefault(rate => rate.Item.Currency == company) is { Item: not null } own)
            return Error.Invalid(fieldOf(own.Index), Say($"{company} is the company's own currency: it has no rate."));
        var rows = await FindAsync(rates, company, db, cancellationToken);
        var now = time.GetUtcNow();
        var response = new V1.SetExchangeRatesResponse();
        foreach (var rate in rates)
        {
            var (currency, validFrom) = (rate.Currency, RateDates.Parse(rate.ValidFrom)!.Value);
            if (!rows.TryGetValue((currency, validFrom), out var row))
                db.ExchangeRates.Add(row = ExchangeRate.Create(company, currency, validFrom, now));
            row.Set(DecimalText.Parse(rate.Rate), change, now);
            response.Rates.Add(row.ToMessage());
        }

        await db.SaveChangesAsync(cancellationToken);
        return response;
    }

    private static async Task<Dictionary<(string, DateOnly), ExchangeRate>> FindAsync(
        IReadOnlyList<V1.ExchangeRate> rates, string company, TenantsDbContext db, CancellationToken cancellationToken)
    {
        var currencies = rates.Select(rate => rate.Currency).Distinct().ToList();
        var days = rates.Select(rate => RateDates.Parse(rate.ValidFrom)!.Value).Distinct().ToList();
        var rows = await db.ExchangeRates
            .Where(row => row.CompanyCurrency == company && currencies.Contains(row.Currency) && days.Contains(row.ValidFrom))
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(row => (row.Currency, row.ValidFrom));
    }
}
