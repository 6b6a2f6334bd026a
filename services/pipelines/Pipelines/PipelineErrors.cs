using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Pipelines.Pipelines;

internal static class PipelineErrors
{
    /// <summary>Pipelines of one company that are not archived.</summary>
    public const int MaxPipelines = 50;

    /// <summary>Stages, and loss reasons, that a pipeline ever has: none is forgotten.</summary>
    public const int MaxEver = 500;

    public static readonly Error Archived = Error.Precondition("PIPELINE_ARCHIVED", "This pipeline is archived: bring it back before you change it.");

    public static readonly Error IsDefault = Error.Precondition("PIPELINE_IS_DEFAULT", "New deals go into this pipeline: make another one the default first.");

    public static readonly Error OfTeams = Error.Precondition("PIPELINE_OF_TEAMS", "New deals of everybody go into the default pipeline: take the teams off this one first.");

    public static Error TooMany => Error.Precondition("TOO_MANY_PIPELINES", Say($"A company has at most {MaxPipelines} pipelines: archive one first."));

    public static Error TooManyStages => Error.Precondition("TOO_MANY_STAGES", Say($"With those that are archived a pipeline has at most {MaxEver} stages: make another pipeline."));

    public static Error TooManyReasons => Error.Precondition("TOO_MANY_LOSS_REASONS", Say($"With those that are archived a pipeline has at most {MaxEver} loss reasons: bring archived ones back."));

    public static Error Exists => Error.AlreadyExists("PIPELINE_EXISTS", "There is a pipeline of this name already.") with
    {
        Violations = [new FieldViolation("pipeline.name", "There is a pipeline of this name already.")],
    };

    /// <summary>What two calls at once run into.</summary>
    public static Violation[] OnSave => [new UniqueViolation(PipelineConfiguration.UniqueName, Exists), new UniqueViolation(PipelineConfiguration.OneDefault, Error.Stale("pipeline"))];

    public static Error NotFound(string id) => Error.NotFound("pipeline", id);
}
