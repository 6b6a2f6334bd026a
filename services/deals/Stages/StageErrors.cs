using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Deals.Stages;

internal static class StageErrors
{
    public static readonly Error Unavailable =
        new(Google.Rpc.Code.Unavailable, "PIPELINES_UNAVAILABLE", "The stages of deals cannot be read right now: try again in a moment.");

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

    private static string JsonName(string field) => field.Split('.', 2) is [var map, var key]
        ? $"{JsonName(map)}.{key}"
        : V1.Deal.Descriptor.FindFieldByName(field)?.JsonName ?? field;
}
