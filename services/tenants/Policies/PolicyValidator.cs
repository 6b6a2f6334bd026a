using FluentValidation;
using Platform.Access;
using Platform.Access.Fields;
using Platform.Filtering;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Tenants.Policies;

internal sealed class PolicyValidator : AbstractValidator<V1.Policy>
{
    private const int MaxSubjects = 200;
    private const int MaxFieldRules = 100;

    public PolicyValidator()
    {
        RuleFor(policy => policy.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("A policy needs a name: people are told it.").Text(100);
        RuleFor(policy => policy.Description).Text(1_000);
        RuleFor(policy => policy.Resource).Must(name => ResourceCatalogue.Find(name) is not null)
            .WithMessage(_ => Say($"Use one of {string.Join(", ", ResourceCatalogue.All.Select(resource => resource.Name))}, or records. and the key of an object of your own."));
        RuleFor(policy => policy.Subjects).NotNull().WithMessage("Say whom the policy concerns.").SetValidator(new SubjectsValidator());
        RuleFor(policy => policy.Effect).IsInEnum().WithMessage("There is no such effect.")
            .Must((policy, effect) => effect != V1.PolicyEffect.Unspecified || policy.Actions.Count == 0).WithMessage("Say whether the actions are allowed or denied.");
        RuleFor(policy => policy.Actions)
            .Must((policy, actions) => actions.Count > 0 || policy.FieldRules.Count > 0).WithMessage("Name at least one action, or a field rule.");
        RuleForEach(policy => policy.Actions).Must(action => AccessActions.Find(action) is not null)
            .WithMessage(_ => Say($"Use one of {string.Join(", ", AccessActions.Names)}."));
        RuleFor(policy => policy.Filter)
            .Must((policy, filter) => filter.Trim().Length == 0 || policy.FieldRules.Count == 0).WithMessage("Field rules hold for all records: make a policy of its own of them.")
            .Custom(CheckFilter);
        RuleFor(policy => policy.FieldRules).Must(rules => rules.Count <= MaxFieldRules).WithMessage(_ => Say($"At most {MaxFieldRules} field rules."))
            .Must(rules => rules.Select(rule => rule.Path).Distinct().Count() == rules.Count).WithMessage("Each field once.");
        RuleForEach(policy => policy.FieldRules).Must((policy, rule) => IsField(policy.Resource, rule.Path)).WithMessage("There is no such field, or it cannot be restricted.")
            .Must(rule => rule.Access != V1.FieldAccess.Unspecified && Enum.IsDefined(rule.Access)).WithMessage("Say what is left of the field.");
    }

    // Who a record is and which version of it one saw is no secret to those who see the record.
    private static bool IsField(string resource, string path) =>
        path is not ("id" or "etag") && (ResourceCatalogue.Find(resource) is not { } info || FieldPaths.Exists(info.Message, path));

    private static void CheckFilter(string filter, ValidationContext<V1.Policy> context)
    {
        if (ResourceCatalogue.Find(context.InstanceToValidate.Resource) is { } resource && FilterableFields.Check(resource, filter) is { } error)
            context.AddFailure(error.Message);
    }

    private sealed class SubjectsValidator : AbstractValidator<V1.PolicySubjects>
    {
        public SubjectsValidator()
        {
            RuleFor(subjects => subjects.Everyone)
                .Must((subjects, everyone) => everyone || subjects.Roles.Count + subjects.TeamIds.Count + subjects.UserIds.Count > 0).WithMessage("Say whom the policy concerns.")
                .Must((subjects, _) => subjects.Roles.Count + subjects.TeamIds.Count + subjects.UserIds.Count <= MaxSubjects).WithMessage(_ => Say($"At most {MaxSubjects} roles, teams and people together."));
            RuleForEach(subjects => subjects.TeamIds).Id();
            RuleForEach(subjects => subjects.UserIds).Id();
        }
    }
}
