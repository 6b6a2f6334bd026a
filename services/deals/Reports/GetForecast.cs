using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Data;
using Platform.Deals.Deals;
using Platform.Deals.History;
using Platform.Errors;
using Platform.Filtering;
using Platform.Monetary.Rates;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Deals.Reports;

internal static class GetForecast
{
    private const int QuarterMonths = 3;

    public sealed class Validator : AbstractValidator<V1.GetForecastRequest>
    {
        public Validator()
        {
            RuleFor(request => request.PipelineId).OptionalId();
            RuleFor(request => request.TimeZone).OptionalTimeZone();
            RuleFor(request => request.GroupBy).IsInEnum().WithMessage("There is no such grouping.");
            RuleFor(request => request.TeamId).OptionalId();
            RuleFor(request => request.Source).Text(100);
            RuleFor(request => request.Credit).IsInEnum().WithMessage("Name whose a deal is: CREDIT_OWNER or CREDIT_SPLITS.");
            ReportTime.Check(this, request => request.From, request => request.To);
        }
    }

    public static async Task<Result<V1.Forecast>> Handle(V1.GetForecastRequest request, DealsDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        var cut = ReportCut.Of(request.ByOwner, request.GroupBy, request.Credit, request.TeamId, request.Source);
        string[] arrangement = ["close_date", "forecast_category", .. request.PipelineId.Length > 0 ? ["pipeline_id"] : Array.Empty<string>(), .. cut.Fields];
        if (db.Caller.CheckArrangement(Deal.Resource.Info, arrangement) is { } hidden)
            return hidden;
        var context = FilterContext.Of(db, time, request.TimeZone);
        var about = ReportTime.Read(request.From, request.To, request.AsOf, QuarterOf(context.Today), context);
        if (about.IsError)
            return about.Error;
        if (db.Caller.CheckNarrowing(Deal.Resource, request.Filter) is { } unreadable)
            return unreadable;
        var (rows, then) = await PastDeals.OfAsync(db, about.Value.AsOf, context, cancellationToken);
        var visible = rows.Narrow(DealFields.Schema, request.Filter, then);
        if (visible.IsError)
            return visible.Error;
        var currency = await rates.GetCurrencyAsync(cancellationToken);
        var sums = await ForecastSums.ReadAsync(db, visible.Value.Rows, request.PipelineId.ToIdOrNull(), about.Value, (currency, cut), cancellationToken);
        return new V1.Forecast
        {
            From = about.Value.From.ToDateText(),
            To = about.Value.To.ToDateText(),
            AsOf = about.Value.AsOf.ToTimestamp(),
            Lines = { sums.Lines(db.Caller) },
        };
    }

    private static (DateOnly From, DateOnly To) QuarterOf(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month - ((day.Month - 1) % QuarterMonths), 1);
        return (first, first.AddMonths(QuarterMonths).AddDays(-1));
    }
}
