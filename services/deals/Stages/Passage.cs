using Platform.Contacts.V1;
using Platform.Errors;
using Platform.Pipelines.V1;

namespace Platform.Deals.Stages;

/// <summary>A deal that goes from one stage into another, and what both ask of it.</summary>
/// <param name="From">Where it is; null where it is made, or its stage is not known.</param>
/// <param name="To">Where it is to go.</param>
internal sealed record Passage(Place? From, Place To)
{
    /// <summary>
    /// Whether the deal has to have what the stage that it leaves asks for: a deal that is lost, or goes back, has not got that far; and an
    /// archived stage is to be left.
    /// </summary>
    private bool IsExit => From is { IsOpen: true, Stage.Archived: false } && From.StageId != To.StageId && To.Stage.Kind != StageKind.Lost && !IsBack;

    private bool IsBack => From!.PipelineId == To.PipelineId && To.IsOpen
        && From.Pipeline.Stages.First(stage => stage.Id == From.Stage.Id || stage.Id == To.Stage.Id).Id == To.Stage.Id;

    /// <summary>The kinds of activities that are asked for, and how many of each at most.</summary>
    public IReadOnlyDictionary<ActivityKind, int> Activities => From?.StageId == To.StageId ? new Dictionary<ActivityKind, int>() : (IsExit ? From!.Stage.ExitActivities : []).Concat(To.Stage.RequiredActivities)
        .GroupBy(asked => asked.Kind).ToDictionary(kind => kind.Key, kind => kind.Max(asked => asked.Count));

    /// <summary>Null where the deal has all that is asked for.</summary>
    /// <param name="deal">The deal as it would be there.</param>
    /// <param name="done">How many activities of the kinds are done with it.</param>
    public Error? Check(V1.Deal deal, DoneActivities done)
    {
        if (!done.Tells(Activities))
            return Error.Stale("deal");
        return (IsExit ? CheckExit(From!.Stage, deal, done) : null)
            ?? (RequiredFields.Missing(To.Stage.RequiredFields, deal) is { Count: > 0 } fields ? StageErrors.NeedsFields(To.Stage.Name, fields) : null)
            ?? (done.Missing(To.Stage.RequiredActivities) is { Count: > 0 } kinds ? StageErrors.NeedsActivities(To.Stage.Name, kinds) : null);
    }

    private static Error? CheckExit(Stage stage, V1.Deal deal, DoneActivities done)
    {
        if (RequiredFields.Missing(stage.ExitFields, deal) is { Count: > 0 } fields)
            return StageErrors.KeepsWithoutFields(stage.Name, fields);
        return done.Missing(stage.ExitActivities) is { Count: > 0 } kinds ? StageErrors.KeepsWithoutActivities(stage.Name, kinds) : null;
    }
}
