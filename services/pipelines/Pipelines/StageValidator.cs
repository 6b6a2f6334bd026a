using System.Linq.Expressions;
using System.Text.RegularExpressions;
using FluentValidation;
using Google.Protobuf.Collections;
using Platform.Access;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Pipelines.Pipelines;

internal sealed partial class StageValidator : AbstractValidator<V1.Stage>
{
    private const int MaxDays = 3650;
    private const int MaxFields = 30;
    private const int MaxActivities = 20;
    private static readonly ActivityKind[] Kinds = [ActivityKind.Note, ActivityKind.Call, ActivityKind.Meeting, ActivityKind.Email, ActivityKind.Task];

    // What the platform says of a deal, and what every deal has.
    private static readonly HashSet<string> NeverAsked = ["id", "etag", "status", "custom_fields", "flag_code", "flag_reason", "close_time", "create_time", "update_time", "expected_revenue", "reporting_amount", "reporting_rate",
        "pipeline_id", "stage_id", "stage_change_time", "rotting_since"];

    public StageValidator()
    {
        RuleFor(stage => stage.Name).Must(name => name.Trim().Length > 0).WithMessage("A stage needs a name.").Text(100);
        RuleFor(stage => stage.Kind).IsInEnum().WithMessage("There is no such kind of stage.");
        RuleFor(stage => stage.Probability).InclusiveBetween(0, 100).WithMessage("Use 0 to 100 percent.")
            .Must((stage, percent) => stage.Kind is not (V1.StageKind.Won or V1.StageKind.Lost) || percent == StageList.ProbabilityOf(stage.Kind))
            .WithMessage("A stage of kind won has 100 percent, one of kind lost 0.");
        RuleFor(stage => stage.ForecastCategory).IsInEnum().WithMessage("There is no such forecast category.")
            .Must((stage, category) => stage.Kind == V1.StageKind.Won == (category == V1.ForecastCategory.Closed)).WithMessage("Stages of kind won are closed, and no others.")
            .Must((stage, category) => stage.Kind != V1.StageKind.Lost || category == V1.ForecastCategory.Omitted).WithMessage("Stages of kind lost are in no forecast: omitted.");
        RuleFor(stage => stage.RottingDays).InclusiveBetween(0, MaxDays).WithMessage(_ => Say($"Use 1 to {MaxDays} days, or 0 for never."))
            .Must((stage, days) => days == 0 || stage.Kind == V1.StageKind.Open).WithMessage("Only deals in open stages rot.");
        Fields(stage => stage.RequiredFields, stage => stage.RequiredFields);
        Fields(stage => stage.ExitFields, stage => stage.ExitFields);
        RuleFor(stage => stage.ExitFields).Must((stage, fields) => fields.Count == 0 || stage.Kind == V1.StageKind.Open).WithMessage("Deals leave open stages only.");
        Activities(stage => stage.RequiredActivities, stage => stage.RequiredActivities);
        Activities(stage => stage.ExitActivities, stage => stage.ExitActivities);
        RuleFor(stage => stage.ExitActivities).Must((stage, kinds) => kinds.Count == 0 || stage.Kind == V1.StageKind.Open).WithMessage("Deals leave open stages only.");
    }

    private void Fields(Expression<Func<V1.Stage, RepeatedField<string>>> all, Expression<Func<V1.Stage, IEnumerable<string>>> each)
    {
        RuleFor(all)
            .Must(fields => fields.Count <= MaxFields).WithMessage(_ => Say($"A stage asks for at most {MaxFields} fields."))
            .Must(fields => fields.Distinct(StringComparer.Ordinal).Count() == fields.Count).WithMessage("Name each field once.");
        RuleForEach(each).Must(IsField)
            .WithMessage((_, field) => Say($"A deal has no field '{field}' to be filled: use a name such as amount, close_date or custom_fields.budget."));
    }

    private void Activities(Expression<Func<V1.Stage, RepeatedField<V1.ActivityRequirement>>> all, Expression<Func<V1.Stage, IEnumerable<V1.ActivityRequirement>>> each)
    {
        RuleFor(all).Must(kinds => kinds.Select(asked => asked.Kind).Distinct().Count() == kinds.Count).WithMessage("Name each kind of activity once.");
        RuleForEach(each).ChildRules(asked =>
        {
            asked.RuleFor(one => one.Kind).Must(Kinds.Contains).WithMessage("Name a kind of activity that people do: a note, a call, a meeting, an e-mail or a task.");
            asked.RuleFor(one => one.Count).InclusiveBetween(1, MaxActivities).WithMessage(_ => Say($"Use 1 to {MaxActivities}."));
        });
    }

    private static bool IsField(string field) => field.StartsWith(ResourceInfo.CustomFieldsPrefix, StringComparison.Ordinal)
        ? Key().IsMatch(field[ResourceInfo.CustomFieldsPrefix.Length..])
        : Deal.Descriptor.FindFieldByName(field) is not null && !NeverAsked.Contains(field);

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,62}\z")]
    private static partial Regex Key();
}
