using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Monetary;
using Platform.Monetary.Rates;
using Platform.Pipelines.V1;
using Platform.Validation;

namespace Platform.Deals.Forecasts;

internal static class OverrideForecast
{
    // What is won is won, and what is omitted is in no forecast.
    private static readonly ForecastCategory[] Open = [ForecastCategory.Pipeline, ForecastCategory.BestCase, ForecastCategory.Commit];

    public sealed class Validator : AbstractValidator<V1.OverrideForecastRequest>
    {
        public Validator()
        {
            RuleFor(request => request.UserId).Id();
            RuleFor(request => request.Period).PeriodName();
            RuleFor(request => request.Category).Must(Open.Contains).WithMessage("Use pipeline, best case or commit.");
            RuleFor(request => request.Amount).OptionalAmount();
            RuleFor(request => request.Note).Text(1000);
        }
    }

    public static IRuleBuilderOptions<T, string> PeriodName<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(name => Period.Parse(name) is not null).WithMessage("Use a month such as 2026-11 or a quarter such as 2026-Q4.");

    public static async Task<Result<V1.ForecastOverride>> Handle(
        V1.OverrideForecastRequest request, DealsDbContext db, Hierarchies hierarchies, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        var user = Guid.Parse(request.UserId);
        if (ForecastReach.Check(db.Caller, user) is { } refused)
            return refused;
        var members = await hierarchies.ReadAsync(cancellationToken);
        if (members.IsError)
            return members.Error;
        if (!members.Value.Has(user))
            return ForecastErrors.NoMember;
        await rates.EnsureAsync(cancellationToken);
        var currency = await rates.GetCurrencyAsync(cancellationToken);
        if (currency.Length == 0)
            return ForecastErrors.CurrencyUnknown;
        if (request.Amount is { } amount && amount.Currency != currency)
            return ForecastErrors.OtherCurrency(currency);
        return await AddAsync(request, user, currency, db, time.GetUtcNow(), cancellationToken);
    }

    private static async Task<Result<V1.ForecastOverride>> AddAsync(
        V1.OverrideForecastRequest request, Guid user, string currency, DealsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = await db.ForecastOverrides.Where(row => row.Period == request.Period && row.UserId == user && row.Category == request.Category)
            .MaxAsync(row => (int?)row.Number, cancellationToken) ?? 0;
        // Whoever names what he saw does not talk over what he has not seen.
        if (request.Etag.Length > 0 && request.Etag != ForecastOverride.EtagOf(last))
            return Error.Stale("forecast");
        var row = ForecastOverride.Create(request, currency, last + 1, db.Caller.CausedBy.ToIdOrNull(), now);
        db.ForecastOverrides.Add(row);
        return await db.TrySaveChangesAsync(cancellationToken, ForecastErrors.Meanwhile) is { } error ? error : row.ToMessage();
    }
}
