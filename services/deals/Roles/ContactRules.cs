using FluentValidation;
using Platform.Data;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Deals.Roles;

/// <summary>What the people on the customer's side have to be together.</summary>
internal static class ContactRules
{
    private const int Most = 50;

    public static IRuleBuilderOptions<T, TContacts> Contacts<T, TContacts>(this IRuleBuilder<T, TContacts> rule)
        where TContacts : IReadOnlyCollection<V1.DealContact> => rule
        .Must(all => all.Count <= Most).WithMessage(_ => Say($"At most {Most} people."))
        .Must(all => all.Select(one => one.PersonId.ToIdOrNull()).OfType<Guid>().GroupBy(id => id).All(group => group.Count() == 1)).WithMessage("Name each person once.");
}

internal sealed class ContactRoleValidator : AbstractValidator<V1.DealContact>
{
    public ContactRoleValidator()
    {
        RuleFor(contact => contact.PersonId).Id();
        RuleFor(contact => contact.Role).Text(100);
    }
}
