using FluentValidation;
using Platform.Access.Fields;
using Platform.Data;
using Platform.Deals.Deals;
using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Filtering;
using Platform.Monetary.Rates;
using Platform.Paging;
using Platform.Pipelines.V1;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Deals.Board;

internal static class GetDealBoard
{
    private const int DefaultSize = 25;
    private const int MaxSize = 100;

    public sealed class Validator : AbstractValidator<V1.GetDealBoardRequest>
    {
        public Validator()
        {
            RuleFor(request => request.PipelineId).OptionalId();
            RuleFor(request => request.TimeZone).OptionalTimeZone();
            RuleFor(request => request.PageSize).InclusiveBetween(0, MaxSize).WithMessage(_ => Say($"Use 1 to {MaxSize}, or leave it out for {DefaultSize}."));
        }
    }

    public static async Task<Result<V1.DealBoard>> Handle(
        V1.GetDealBoardRequest request, DealsDbContext db, StageDirectory stages, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (db.Caller.CheckArrangement(Deal.Resource.Info, "pipeline_id", "stage_id") is { } hidden)
            return hidden;
        var wanted = request.PipelineId.ToIdOrNull();
        var book = await stages.GetWithAsync(wanted, stage: null, cancellationToken);
        if (book.IsError)
            return book.Error;
        if ((wanted is { } known ? book.Value.Pipeline(known) : book.Value.Default) is not { } pipeline)
            return StageErrors.UnknownPipeline;
        var (id, context) = (Guid.Parse(pipeline.Id), FilterContext.Of(db, time, request.TimeZone));
        var rows = db.Deals.Where(deal => deal.PipelineId == id);
        var filtered = rows.Narrow(DealFields.Schema, request.Filter, context);
        if (filtered.IsError)
            return filtered.Error;
        var currency = await rates.GetCurrencyAsync(cancellationToken);
        var totals = await StageTotals.ReadAsync(filtered.Value.Rows, currency, context.Now, cancellationToken);
        List<Stage> shown = [.. pipeline.Stages.Where(stage => !stage.Archived || totals.ContainsKey(Guid.Parse(stage.Id)))];
        var columns = await Columns(pipeline, request.Filter)
            .ReadAsync(rows, filtered.Value, [.. shown.Select(stage => Guid.Parse(stage.Id))], DealFields.Schema, ToList(request), context, cancellationToken);
        return columns.IsError ? columns.Error : new V1.DealBoard
        {
            PipelineId = pipeline.Id,
            PipelineName = pipeline.Name,
            Stages = { shown.Select(stage => ToMessage(stage)) },
        };

        V1.DealBoardStage ToMessage(Stage stage)
        {
            var (key, page) = (Guid.Parse(stage.Id), columns.Value[Guid.Parse(stage.Id)]);
            var message = totals.GetValueOrDefault(key, StageTotals.None(currency)).ToMessage(db.Caller);
            (message.Stage, message.Filter, message.NextPageToken) = (stage, FilterOf(pipeline, key, request.Filter), page.NextPageToken);
            message.Deals.AddRange(page.Items.Select(deal => deal.ToMessage()));
            return message;
        }
    }

    private static Columns<Deal> Columns(Pipeline pipeline, string filter) => new(deal => deal.StageId, deal => deal.StageId, stage => FilterOf(pipeline, stage, filter));

    // The pages of a stage go on in the list of deals.
    private static ListRequest ToList(V1.GetDealBoardRequest request) =>
        new(request.PageSize == 0 ? DefaultSize : request.PageSize, "") { OrderBy = request.OrderBy, Query = ListDeals.QueryOf() };

    private static string FilterOf(Pipeline pipeline, Guid stage, string filter) =>
        $"pipeline_id = \"{pipeline.Id}\" AND stage_id = \"{stage}\"{(string.IsNullOrWhiteSpace(filter) ? "" : $" AND ({filter})")}";
}
