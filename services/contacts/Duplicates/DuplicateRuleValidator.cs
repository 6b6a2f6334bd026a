using FluentValidation;
using Platform.Access;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Duplicates;

/// <summary>Rules that can be followed: fields that the kind has, and one of them by which records are found.</summary>
internal sealed class DuplicateRuleValidator : AbstractValidator<V1.DuplicateRules>
{
    private const int MaxRules = 20;
    private const int MaxConditions = 10;

    public DuplicateRuleValidator()
    {
        RuleFor(rules => rules.Resource).Must(resource => DuplicateKind.Find(resource) is not null).WithMessage("Use contacts.person, contacts.company or contacts.lead.");
        RuleFor(rules => rules.Rules).Must(rules => rules.Count <= MaxRules).WithMessage(_ => Say($"At most {MaxRules} rules."));
        RuleForEach(rules => rules.Rules).ChildRules(rule =>
        {
            rule.RuleFor(one => one.Name).NotEmpty().WithMessage("A rule needs a name.").Text(100);
            rule.RuleFor(one => one.Action).IsInEnum().WithMessage("There is no such action.");
            rule.RuleFor(one => one.Score).InclusiveBetween(0, 100).WithMessage("Use 1 to 100, or leave it out.");
            rule.RuleFor(one => one.Conditions).Must(conditions => conditions.Count is > 0 and <= MaxConditions).WithMessage(_ => Say($"Name 1 to {MaxConditions} conditions."));
            rule.RuleForEach(one => one.Conditions).ChildRules(condition =>
            {
                condition.RuleFor(one => one.Field).Text(200);
                condition.RuleFor(one => one.Method).IsInEnum().NotEqual(V1.MatchMethod.Unspecified).WithMessage("Say how the values are compared.");
                condition.RuleFor(one => one.MinSimilarity).Must(percent => percent is 0 or (>= 30 and <= 100)).WithMessage("Use 30 to 100 percent, or leave it out.");
            });
        });
        RuleFor(rules => rules.Rules).Must(rules => rules.Select(rule => rule.Name).Distinct().Count() == rules.Count).WithMessage("Give each rule a name of its own.");
        RuleForEach(rules => rules.Rules).Must((rules, rule) => UnknownOf(rules, rule) is null)
            .WithMessage((rules, rule) => Say($"There is no field '{UnknownOf(rules, rule)}' to compare: use {string.Join(", ", DuplicateKind.Find(rules.Resource)!.Fields)}, or custom_fields.{{key}}."));
        RuleForEach(rules => rules.Rules).Must((rules, rule) => DuplicateKind.Find(rules.Resource) is not { } kind || kind.AnchorsOf([rule]).Any())
            .WithMessage((rules, _) => Say($"One condition is about the name, or compares e-mail or phone by EXACT or NORMALISED: by that, records are found ({NameOf(rules.Resource)})."));
    }

    private static string NameOf(string resource) => DuplicateKind.Find(resource) == DuplicateKind.Companies ? "name, email, phone" : "last_name, email, phone";

    private static string? UnknownOf(V1.DuplicateRules rules, V1.DuplicateRule rule) => DuplicateKind.Find(rules.Resource) is { } kind
        ? rule.Conditions.Select(condition => condition.Field).FirstOrDefault(field => !kind.Fields.Contains(field) && !field.StartsWith(ResourceInfo.CustomFieldsPrefix, StringComparison.Ordinal))
        : null;
}
