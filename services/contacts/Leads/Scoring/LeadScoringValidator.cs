using FluentValidation;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Leads.Scoring;

/// <summary>Rules that can be applied; whether their conditions fit leads is looked at when they are bound.</summary>
internal sealed class LeadScoringValidator : AbstractValidator<V1.LeadScoring>
{
    private const int MostRules = 100;
    private const int MostPoints = 100;

    public LeadScoringValidator()
    {
        RuleFor(scoring => scoring.Rules).Must(rules => rules.Count <= MostRules).WithMessage(_ => Say($"At most {MostRules} rules."));
        RuleFor(scoring => scoring.Rules).Must(rules => rules.Select(rule => rule.Name.Trim()).Distinct().Count() == rules.Count).WithMessage("Give each rule a name of its own.");
        RuleFor(scoring => scoring.TimeZone).OptionalTimeZone();
        RuleForEach(scoring => scoring.Rules).ChildRules(rule =>
        {
            rule.RuleFor(one => one.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("A rule needs a name.").Text(100);
            rule.RuleFor(one => one.Points).Must(points => points is not 0 and >= -MostPoints and <= MostPoints).WithMessage(_ => Say($"Points are a whole number from -{MostPoints} to {MostPoints}, and not 0."));
        });
    }
}
