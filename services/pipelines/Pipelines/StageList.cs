using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Pipelines.Pipelines;

/// <summary>The stages of a pipeline, as they are sent and as they are kept.</summary>
internal static class StageList
{
    private const int DefaultProbability = 50;

    /// <summary>Says what was left unsaid: a kept stage has the kind that it had, and every kind its usual values.</summary>
    public static V1.Pipeline Complete(V1.Pipeline message, IEnumerable<V1.Stage> known)
    {
        var kinds = known.ToDictionary(stage => stage.Id, stage => stage.Kind, StringComparer.Ordinal);
        foreach (var stage in message.Stages)
        {
            if (stage.Kind == V1.StageKind.Unspecified)
                stage.Kind = kinds.GetValueOrDefault(stage.Id, V1.StageKind.Open);
            if (!stage.HasProbability)
                stage.Probability = ProbabilityOf(stage.Kind);
            if (stage.ForecastCategory == V1.ForecastCategory.Unspecified)
                stage.ForecastCategory = CategoryOf(stage.Kind);
            foreach (var asked in stage.RequiredActivities.Concat(stage.ExitActivities).Where(asked => asked.Count == 0))
                asked.Count = 1;
        }

        return message;
    }

    /// <summary>A new pipeline has a stage of each kind, whatever was sent.</summary>
    public static V1.Pipeline Found(V1.Pipeline message)
    {
        if (message.Stages.All(stage => stage.Archived || stage.Kind is V1.StageKind.Won or V1.StageKind.Lost))
            message.Stages.Add(DefaultPipeline.OpenStages);
        if (message.Stages.All(stage => stage.Archived || stage.Kind != V1.StageKind.Won))
            message.Stages.Add(new V1.Stage { Name = "Won", Kind = V1.StageKind.Won });
        if (message.Stages.All(stage => stage.Archived || stage.Kind != V1.StageKind.Lost))
            message.Stages.Add(new V1.Stage { Name = "Lost", Kind = V1.StageKind.Lost });
        return message;
    }

    /// <summary>The stages as they are kept: with ids, those that were left out and other archived ones last.</summary>
    public static Result<List<V1.Stage>> Arrange(IReadOnlyCollection<V1.Stage> known, IReadOnlyCollection<V1.Stage> sent)
    {
        var left = known.ToDictionary(stage => stage.Id, StringComparer.Ordinal);
        var all = new List<V1.Stage>();
        foreach (var (i, stage) in sent.Index())
        {
            var kept = stage.Clone();
            if (kept.Id.Length == 0)
                kept.Id = Guid.CreateVersion7().ToString();
            else if (!left.Remove(kept.Id, out var before))
                return Error.Invalid($"pipeline.stages[{i}].id", Say($"This pipeline has no other stage with id '{kept.Id}': leave the id out for a new one."));
            else if (before.Kind != kept.Kind)
                return Error.Invalid($"pipeline.stages[{i}].kind", "What kind a stage is never changes: archive it, and make another one.");
            kept.Name = kept.Name.Trim();
            all.Add(kept);
        }

        foreach (var stage in left.Values)
            all.Add(new V1.Stage(stage) { Archived = true });
        return all.OrderBy(stage => stage.Archived).ToList();
    }

    /// <summary>What a deal in a stage of the kind has unless told otherwise.</summary>
    public static int ProbabilityOf(V1.StageKind kind) => kind switch { V1.StageKind.Won => 100, V1.StageKind.Lost => 0, _ => DefaultProbability };

    private static V1.ForecastCategory CategoryOf(V1.StageKind kind) => kind switch
    {
        V1.StageKind.Won => V1.ForecastCategory.Closed,
        V1.StageKind.Lost => V1.ForecastCategory.Omitted,
        _ => V1.ForecastCategory.Pipeline,
    };
}
