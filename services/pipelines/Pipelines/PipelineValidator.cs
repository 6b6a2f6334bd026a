using FluentValidation;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Pipelines.Pipelines;

/// <summary>A pipeline that is complete: see <see cref="StageList.Complete"/>.</summary>
internal sealed class PipelineValidator : AbstractValidator<V1.Pipeline>
{
    // Of stages in use; those that were archived are kept besides.
    private const int MaxStages = 50;
    private const int MaxReasons = 100;
    private const int MaxTeams = 50;

    public PipelineValidator()
    {
        RuleFor(pipeline => pipeline.Name).Must(name => name.Trim().Length > 0).WithMessage("A pipeline needs a name.").Text(100);
        RuleFor(pipeline => pipeline.Stages)
            .Must(stages => stages.Count(stage => !stage.Archived) <= MaxStages).WithMessage(_ => Say($"A pipeline has at most {MaxStages} stages: archive one first."))
            .Must(HaveEachKind).WithMessage("A pipeline needs a stage of each kind: open, won and lost.")
            .Must(stages => AreDistinct(stages.Where(stage => !stage.Archived).Select(stage => stage.Name))).WithMessage("Two stages have the same name.");
        RuleForEach(pipeline => pipeline.TeamIds).Id();
        RuleFor(pipeline => pipeline.TeamIds).Must(teams => teams.Count <= MaxTeams).WithMessage(_ => Say($"Name at most {MaxTeams} teams."));
        RuleForEach(pipeline => pipeline.Stages).SetValidator(new StageValidator());
        RuleFor(pipeline => pipeline.LossReasons)
            .Must(reasons => reasons.Count(reason => !reason.Archived) <= MaxReasons).WithMessage(_ => Say($"A pipeline has at most {MaxReasons} loss reasons: archive one first."))
            .Must(reasons => AreDistinct(reasons.Where(reason => !reason.Archived).Select(reason => reason.Name))).WithMessage("Two loss reasons have the same name.");
        RuleForEach(pipeline => pipeline.LossReasons).ChildRules(reason =>
            reason.RuleFor(one => one.Name).Must(name => name.Trim().Length > 0).WithMessage("A loss reason needs a name.").Text(100));
        RuleFor(pipeline => pipeline.RequiresLossReason).Must((pipeline, requires) => !requires || pipeline.LossReasons.Any(reason => !reason.Archived))
            .WithMessage("Give the pipeline a loss reason before one is asked for.");
    }

    private static bool HaveEachKind(IEnumerable<V1.Stage> stages) => stages.Where(stage => !stage.Archived).Select(stage => stage.Kind)
        .ToHashSet().IsSupersetOf([V1.StageKind.Open, V1.StageKind.Won, V1.StageKind.Lost]);

    private static bool AreDistinct(IEnumerable<string> names)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return names.All(name => known.Add(name.Trim()));
    }
}
