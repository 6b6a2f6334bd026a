using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Data;
using Platform.Deals.Deals;
using Platform.Deals.Reports;
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
            RuleFor(request => request.Credit).IsInEnum().WithMessage("Name whose a deal is: CREDIT_OWNER or CREDIT_SPLITS.");
        }
    }

    public static async Task<Result<V1.ForecastTree>> Handle(
        V1.GetForecastTreeRequest request, DealsDbContext db, Hierarchies hierarchies, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        var cut = new ReportCut(V1.Grouping.Owner, request.Credit == V1.Credit.Splits, Team: null, Source: "");
        if (db.Caller.CheckArrangement(Deal.Resource.Info, ["close_date", "forecast_category", "reporting_amount", .. cut.Fields]) is { } hidden)
            return hidden;
        if ((request.UserId.ToIdOrNull() ?? ForecastReach.Self(db.Caller)) is not { } top)
            return ForecastErrors.Nobody;
        if (ForecastReach.Check(db.Caller, top) is { } refused)
            return refused;
        var context = FilterContext.Of(db, time, request.TimeZone);
        if (request.AsOf?.ToDateTimeOffset() > context.Now)
            return Error.Invalid("asOf", "Use a moment that has been.");
        var members = await hierarchies.ReadAsync(cancellationToken);
        if (members.IsError)
            return members.Error;
        if (!members.Value.Has(top))
            return ForecastErrors.NoMember;
        await rates.EnsureUnlessAwayAsync(cancellationToken);
        var currency = await rates.GetCurrencyAsync(cancellationToken);
        if (currency.Length == 0)
            return ForecastErrors.CurrencyUnknown;
        var period = Period.Parse(request.Period) ?? Period.QuarterOf(context.Today);
        var people = members.Value.From(top);
        List<Guid> ids = [.. people.Select(person => person.User)];
        var asOf = request.AsOf?.ToDateTimeOffset() ?? context.Now;
        var sums = request.AsOf is null && !cut.BySplits
            ? await OwnSum.ReadAsync(db, ids, period, currency, cancellationToken) : await OwnSum.ReadThenAsync(db, period, context, asOf, (currency, cut), cancellationToken);
        var nodes = new ForecastNodes(sums, await OverridesAsync(ids, period, asOf, db, cancellationToken), currency);
        return new V1.ForecastTree
        {
            Period = period.Name,
            From = period.From.ToDateText(),
            To = period.To.ToDateText(),
            AsOf = asOf.ToTimestamp(),
            Nodes = { nodes.Of(people) },
        };
    }

    private static async Task<IReadOnlyDictionary<(Guid User, ForecastCategory Category), ForecastOverride>> OverridesAsync(
        List<Guid> ids, Period period, DateTimeOffset asOf, DealsDbContext db, CancellationToken cancellationToken)
    {
        var said = db.ForecastOverrides.Where(row => row.Period == period.Name && row.CreateTime <= asOf);
        var rows = await said.AsNoTracking().Where(row => ids.Contains(row.UserId)
            && !said.Any(later => later.UserId == row.UserId && later.Category == row.Category && later.Number > row.Number))
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(row => (row.UserId, row.Category));
    }
}
