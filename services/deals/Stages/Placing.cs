using Platform.Data;
using Platform.Errors;
using Platform.Pipelines.V1;

namespace Platform.Deals.Stages;

/// <summary>Finds the stage that a request speaks of.</summary>
internal static class Placing
{
    /// <summary>Where a new deal goes.</summary>
    public static async Task<Result<Place>> PlaceAsync(this StageDirectory directory, V1.Deal deal, CancellationToken cancellationToken, string root = "deal.")
    {
        var (pipeline, stage) = (deal.PipelineId.ToIdOrNull(), deal.StageId.ToIdOrNull());
        var book = await directory.GetWithAsync(pipeline, stage, cancellationToken);
        if (book.IsError)
            return book.Error;
        var place = Find(book.Value, pipeline, stage, current: null, root);
        return !place.IsError && !place.Value.IsOpen ? StageErrors.NotOpen($"{root}stageId") : place;
    }

    /// <summary>Where a changed deal goes; the stage that it has where that did not change.</summary>
    /// <param name="directory">Knows the stages.</param>
    /// <param name="deal">The deal as it is.</param>
    /// <param name="merged">The deal as it is to be.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public static async Task<Result<Place>> PlaceAsync(this StageDirectory directory, Deals.Deal deal, V1.Deal merged, CancellationToken cancellationToken)
    {
        // What did not change does not speak against what did: another stage may be one of another pipeline.
        var pipeline = merged.PipelineId.ToIdOrNull() is { } to && to != deal.PipelineId ? to : (Guid?)null;
        var stage = merged.StageId.ToIdOrNull() is { } into && into != deal.StageId ? into : (Guid?)null;
        var book = await directory.GetWithAsync(pipeline ?? deal.PipelineId, stage ?? deal.StageId, cancellationToken);
        if (book.IsError)
            return book.Error;
        if (pipeline is null && stage is null && merged.StageId.Length > 0 && deal.StageId is { } kept && book.Value.Stage(kept) is { } current)
            return current;
        var place = Find(book.Value, pipeline ?? (stage is null ? deal.PipelineId : null), stage, deal.PipelineId, "deal.");
        return !place.IsError && !place.Value.IsOpen ? StageErrors.NotOpen("deal.stageId") : place;
    }

    /// <summary>Where a deal is moved to.</summary>
    public static async Task<Result<Place>> PlaceAsync(this StageDirectory directory, V1.MoveDealRequest request, Deals.Deal deal, CancellationToken cancellationToken)
    {
        var stage = request.StageId.ToIdOrNull() ?? request.StageMap.FirstOrDefault(pair => Guid.Parse(pair.Key) == deal.StageId).Value?.ToIdOrNull();
        var pipeline = request.PipelineId.ToIdOrNull();
        var book = await directory.GetWithAsync(pipeline, stage, cancellationToken);
        return book.IsError ? book.Error : Find(book.Value, pipeline ?? (stage is null ? deal.PipelineId : null), stage, deal.PipelineId, "");
    }

    // Deals in an archived pipeline go on in it; no other comes there.
    private static Result<Place> Find(Book book, Guid? pipelineId, Guid? stageId, Guid? current, string root)
    {
        var pipeline = pipelineId is { } id ? book.Pipeline(id) : null;
        if (pipelineId is not null && (pipeline is null || !IsInUse(pipeline, current)))
            return StageErrors.NoPipeline($"{root}pipelineId");
        if (stageId is not { } known)
            return book.First(pipeline ?? book.Default, StageKind.Open);
        return book.Stage(known) is { Stage.Archived: false } place && IsInUse(place.Pipeline, current) && (pipeline is null || pipeline == place.Pipeline)
            ? place
            : StageErrors.NoStage($"{root}stageId");
    }

    private static bool IsInUse(Pipeline pipeline, Guid? current) => pipeline.ArchiveTime is null || pipeline.Id == current?.ToString();
}
