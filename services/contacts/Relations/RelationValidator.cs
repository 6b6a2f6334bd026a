using FluentValidation;
using Platform.Validation;

namespace Platform.Contacts.Relations;

internal sealed class RelationValidator : AbstractValidator<V1.Relation>
{
    private const int LabelLength = 100;

    public RelationValidator()
    {
        RuleFor(relation => relation.Kind).IsInEnum().WithMessage("There is no such kind of relation.");
        RuleFor(relation => relation.FromPersonId).OptionalId();
        RuleFor(relation => relation.FromCompanyId).OptionalId()
            .Must((relation, company) => company.Length > 0 != relation.FromPersonId.Length > 0).WithMessage("Name one person or one company from whom it leads.")
            .Must((relation, company) => !IsParent(relation) || company.Length > 0).WithMessage("A parent is a company.");
        RuleFor(relation => relation.ToPersonId).OptionalId();
        RuleFor(relation => relation.ToCompanyId).OptionalId()
            .Must((relation, company) => company.Length > 0 != relation.ToPersonId.Length > 0).WithMessage("Name one person or one company to whom it leads.")
            .Must((relation, company) => !IsParent(relation) || company.Length > 0).WithMessage("Only a company has a parent.");
        RuleFor(relation => relation.Label).Text(LabelLength)
            .Must((relation, label) => IsParent(relation) || !string.IsNullOrWhiteSpace(label)).WithMessage("Say what the first is to the second.");
        RuleFor(relation => relation.ReverseLabel).Text(LabelLength);
    }

    private static bool IsParent(V1.Relation relation) => relation.Kind == V1.RelationKind.Parent;
}
