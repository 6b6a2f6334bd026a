using System.Text.RegularExpressions;
using FluentValidation;
using Platform.Deals.V1;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Pipelines.Pipelines;

internal sealed partial class StageValidator : AbstractValidator<V1.Stage>
{
    private const int MaxDays = 3650;
    private const int MaxFields = 30;
    private const string OwnFields = "custom_fields.";

    // What the platform says of a deal, and what every deal has.
    private static readonly HashSet<string> NeverAsked = ["id", "etag", "status", "custom_fields", "flag_code", "flag_reason", "close_time", "create_time", "update_time", "expected_revenue", "reporting_amount", "reporting_rate"];

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
        RuleFor(stage => stage.RequiredFields)
            .Must(fields => fields.Count <= MaxFields).WithMessage(_ => Say($"A stage asks for at most {MaxFields} fields."))
            .Must(fields => fields.Distinct(StringComparer.Ordinal).Count() == fields.Count).WithMessage("Name each field once.");
        RuleForEach(stage => stage.RequiredFields).Must(IsField)
            .WithMessage((_, field) => Say($"A deal has no field '{field}' to be filled: use a name such as amount, close_date or custom_fields.budget."));
    }

    private static bool IsField(string field) => field.StartsWith(OwnFields, StringComparison.Ordinal)
        ? Key().IsMatch(field[OwnFields.Length..])
        : Deal.Descriptor.FindFieldByName(field) is not null && !NeverAsked.Contains(field);

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,62}\z")]
    private static partial Regex Key();
}
