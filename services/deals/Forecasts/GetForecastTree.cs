using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Data;
using Platform.Deals.Deals;
using Platform.Errors;
using Platform.Filtering;
using Platform.Monetary.Rates;
using Platform.Pipelines.V1;
using Platform.Validation;

namespace Platform.Deals.Forecasts;

internal static class GetForecastTree
{
    public sealed class Validator : AbstractValidator<V1.GetForecastTreeRequest>
    {
        public Validator()
        {
            RuleFor(request => request.UserId).OptionalId();
            RuleFor(request => request.Period).PeriodName().When(request => request.Period.Length > 0);
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    public static async Task<Result<V1.ForecastTree>> Handle(
        V1.GetForecastTreeRequest request, DealsDbContext db, Hierarchies hierarchies, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (db.Caller.CheckArrangement(Deal.Resource.Info, "owner_id", "close_date", "forecast_category", "reporting_amount") is { } hidden)
            return hidden;
        if ((request.UserId.ToIdOrNull() ?? ForecastReach.Self(db.Caller)) is not { } top)
            return ForecastErrors.Nobody;
        if (ForecastReach.Check(db.Caller, top) is { } refused)
            return refused;
        var members = await hierarchies.ReadAsync(cancellationToken);
        if (members.IsError)
            return members.Error;
        if (!members.Value.Has(top))
            return ForecastErrors.NoMember;
        await rates.EnsureUnlessAwayAsync(cancellationToken);
        var currency = await rates.GetCurrencyAsync(cancellationToken);
        if (currency.Length == 0)
            return ForecastErrors.CurrencyUnknown;
        var period = Period.Parse(request.Period) ?? Period.QuarterOf(FilterContext.Of(db, time, request.TimeZone).Today);
        return await ReadAsync(members.Value.From(top), period, currency, db, cancellationToken);
    }

    private static async Task<V1.ForecastTree> ReadAsync(
        IReadOnlyList<(Guid User, Guid? Manager)> people, Period period, string currency, DealsDbContext db, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. people.Select(person => person.User)];
        var sums = await OwnSum.ReadAsync(db, ids, period, currency, cancellationToken);
        var nodes = new ForecastNodes(sums, await OverridesAsync(ids, period, currency, db, cancellationToken), currency);
        return new V1.ForecastTree
        {
            Period = period.Name,
            From = period.From.ToDateText(),
            To = period.To.ToDateText(),
            Nodes = { nodes.Of(people) },
        };
    }

    // One in a currency that the company has not any more is history only, and so is one that was taken away.
    private static async Task<IReadOnlyDictionary<(Guid User, ForecastCategory Category), ForecastOverride>> OverridesAsync(
        List<Guid> ids, Period period, string currency, DealsDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.ForecastOverrides.AsNoTracking().Where(row => row.Period == period.Name && ids.Contains(row.UserId)
            && !db.ForecastOverrides.Any(later => later.Period == row.Period && later.UserId == row.UserId && later.Category == row.Category && later.Number > row.Number))
            .ToListAsync(cancellationToken);
        return rows.Where(row => row.Amount is not null && row.Currency == currency).ToDictionary(row => (row.UserId, row.Category));
    }
}
