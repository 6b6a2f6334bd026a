using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Data;
using Platform.Deals.Deals;
using Platform.Deals.History;
using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Filtering;
using Platform.Monetary.Rates;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Deals.Reports;

internal static class GetFunnel
{
    private const int UsualDays = 365;

    public sealed class Validator : AbstractValidator<V1.GetFunnelRequest>
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

    public static async Task<Result<V1.Funnel>> Handle(
        V1.GetFunnelRequest request, DealsDbContext db, StageDirectory stages, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        var cut = ReportCut.Of(request.ByOwner, request.GroupBy, request.Credit, request.TeamId, request.Source);
        if (db.Caller.CheckArrangement(Deal.Resource.Info, ["pipeline_id", "stage_id", "status", .. cut.Fields]) is { } hidden)
            return hidden;
        var context = FilterContext.Of(db, time, request.TimeZone);
        var about = ReportTime.Read(request.From, request.To, request.AsOf, (context.Today.AddDays(1 - UsualDays), context.Today), context);
        if (about.IsError)
            return about.Error;
        var wanted = request.PipelineId.ToIdOrNull();
        var book = await stages.GetWithAsync(wanted, stage: null, cancellationToken);
        if (book.IsError)
            return book.Error;
        if ((wanted is { } known ? book.Value.Pipeline(known) : book.Value.Default) is not { } pipeline)
            return StageErrors.UnknownPipeline;
        if (db.Caller.CheckNarrowing(Deal.Resource, request.Filter) is { } unreadable)
            return unreadable;
        var (rows, then) = await PastDeals.OfAsync(db, about.Value.AsOf, context, cancellationToken);
        var visible = rows.Narrow(DealFields.Schema, request.Filter, then);
        if (visible.IsError)
            return visible.Error;
        var count = new FunnelCount(pipeline, await rates.GetCurrencyAsync(cancellationToken), cut);
        await foreach (var deal in DealsAsync(db, visible.Value.Rows, Guid.Parse(pipeline.Id), about.Value, context.Zone, cancellationToken))
        {
            if (cut.Has(deal[^1]))
                count.Add(deal);
        }

        return new V1.Funnel
        {
            PipelineId = pipeline.Id,
            PipelineName = pipeline.Name,
            From = about.Value.From.ToDateText(),
            To = about.Value.To.ToDateText(),
            AsOf = about.Value.AsOf.ToTimestamp(),
            Stages = { count.Stages(db.Caller) },
            Outcome = count.Outcome(db.Caller),
            Owners = { cut.By == V1.Grouping.Unspecified ? [] : count.Groups(db.Caller) },
        };
    }

    // One deal after the other, each with its steps from the first on: no more than one is held.
    private static async IAsyncEnumerable<IReadOnlyList<Step>> DealsAsync(
        DealsDbContext db, IQueryable<Deal> visible, Guid pipeline, ReportTime about, TimeZoneInfo zone, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (start, end) = about.In(zone);
        // Who comes back after a deletion that was taken back came when they came at first.
        var came = db.Changes
            .Where(change => change.PipelineId == pipeline && change.FromPipelineId != pipeline && change.CreateTime >= start && change.CreateTime < end && change.CreateTime <= about.AsOf)
            .Where(change => change.FromStatus != V1.DealStatus.Unspecified
                || !db.Changes.Any(before => before.DealId == change.DealId && before.Number == change.Number - 1 && before.Status == V1.DealStatus.Unspecified))
            .Select(change => change.DealId);
        var lines = db.Changes.Where(change => change.CreateTime <= about.AsOf && came.Contains(change.DealId));
        var deal = new List<Step>();
        await foreach (var step in Step.Of(RatedLine.Of(db, lines, visible)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (deal.Count > 0 && deal[0].DealId != step.DealId)
            {
                if (!deal[^1].IsDeletion)
                    yield return deal;
                deal = [];
            }

            // One that is there again was never away.
            if (deal.Count > 0 && deal[^1].IsDeletion)
                deal.RemoveAt(deal.Count - 1);
            deal.Add(step);
        }

        if (deal.Count > 0 && !deal[^1].IsDeletion)
            yield return deal;
    }
}
