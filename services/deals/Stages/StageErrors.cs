using Platform.Contacts.V1;
using Platform.Errors;
using Platform.Pipelines.V1;
using static Platform.Languages.Wording;

namespace Platform.Deals.Stages;

internal static class StageErrors
{
    public static readonly Error Unavailable =
        new(Google.Rpc.Code.Unavailable, "PIPELINES_UNAVAILABLE", "The stages of deals cannot be read right now: try again in a moment.");

    public static readonly Error ActivitiesUnavailable =
        new(Google.Rpc.Code.Unavailable, "ACTIVITIES_UNAVAILABLE", "What was done with the deal cannot be read right now: try again in a moment.");

    public static readonly Error LossReasonNeeded = Error.Precondition("LOSS_REASON_NEEDED", "Deals of this pipeline are lost for one of its reasons: name it.") with
    {
        Violations = [new FieldViolation("lossReasonId", "Name one of the reasons of the pipeline.")],
    };

    public static Error UnknownPipeline { get; } = Error.Invalid("pipelineId", "There is no such pipeline.");

    public static Error NoPipeline(string field) => Error.Invalid(field, "There is no such pipeline in use: take one that is not archived.");

    public static Error NoStage(string field) => Error.Invalid(field, "There is no such stage in use in this pipeline: take one that is not archived.");

    public static Error NotOpen(string field) => Error.Invalid(field, "A deal is closed by winning or losing it: take an open stage.");

    public static Error NoLossReason(string field) => Error.Invalid(field, "There is no such loss reason in use in this pipeline: take one that is not archived.");

    /// <summary>What the stage asks for and the deal does not have.</summary>
    public static Error NeedsFields(string stage, IReadOnlyList<string> fields) =>
        Error.Precondition("STAGE_NEEDS_FIELDS", Say($"The stage '{stage}' asks for fields that the deal does not have: {string.Join(", ", fields)}.")) with
        {
            Violations = [.. fields.Select(field => new FieldViolation($"deal.{JsonName(field)}", "The stage asks for it."))],
        };

    /// <summary>What the stage asks for before it is left, and the deal does not have.</summary>
    public static Error KeepsWithoutFields(string stage, IReadOnlyList<string> fields) =>
        Error.Precondition("STAGE_NEEDS_FIELDS", Say($"A deal leaves the stage '{stage}' when it has these fields: {string.Join(", ", fields)}.")) with
        {
            Violations = [.. fields.Select(field => new FieldViolation($"deal.{JsonName(field)}", "The stage that the deal is in asks for it."))],
        };

    /// <summary>What has to be done with the deal first.</summary>
    public static Error NeedsActivities(string stage, IReadOnlyList<ActivityRequirement> kinds) =>
        Error.Precondition("STAGE_NEEDS_ACTIVITIES", Say($"The stage '{stage}' asks for activities that are not done with the deal: {Names(kinds)}.")) with { Violations = Violations(kinds) };

    /// <summary>What has to be done with the deal before it leaves the stage.</summary>
    public static Error KeepsWithoutActivities(string stage, IReadOnlyList<ActivityRequirement> kinds) =>
        Error.Precondition("STAGE_NEEDS_ACTIVITIES", Say($"A deal leaves the stage '{stage}' when these activities are done with it: {Names(kinds)}.")) with { Violations = Violations(kinds) };

    private static string Names(IReadOnlyList<ActivityRequirement> kinds) => string.Join(", ", kinds.Select(asked => $"{NameOf(asked.Kind)} × {asked.Count}"));

    private static IReadOnlyList<FieldViolation> Violations(IReadOnlyList<ActivityRequirement> kinds) =>
        [.. kinds.Select(asked => new FieldViolation("activities", Say($"Of this kind as many as that have to be done: {NameOf(asked.Kind)} × {asked.Count}.")))];

    private static string NameOf(ActivityKind kind) => kind switch
    {
        ActivityKind.Note => Say($"note"),
        ActivityKind.Call => Say($"call"),
        ActivityKind.Meeting => Say($"meeting"),
        ActivityKind.Email => Say($"e-mail"),
        _ => Say($"task"),
    };

    private static string JsonName(string field) => field.Split('.', 2) is [var map, var key]
        ? $"{JsonName(map)}.{key}"
        : V1.Deal.Descriptor.FindFieldByName(field)?.JsonName ?? field;
}
