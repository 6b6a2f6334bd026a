using System.Text.RegularExpressions;
using FluentValidation;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Fields;
using Platform.Validation;

namespace Platform.Contacts.People;

internal sealed partial class PersonValidator : AbstractValidator<V1.Person>
{
    public PersonValidator()
    {
        RuleFor(person => person.LastName).Must((person, _) => HasName(person)).WithMessage("A person needs a first or a last name.").Text(100);
        RuleFor(person => person.FirstName).Text(100);
        RuleFor(person => person.Email).OptionalEmail();
        RuleFor(person => person.Phone).Text(50);
        RuleFor(person => person.JobTitle).Text(200);
        RuleFor(person => person.CompanyId).OptionalId();
        RuleFor(person => person.Address).SetValidator(new AddressValidator());
        this.OtherEmails(person => person.OtherEmails, person => person.Email);
        this.OtherPhones(person => person.OtherPhones, person => (person.Phone, person.Address?.Country));
        this.OtherAddresses(person => person.OtherAddresses, person => person.Address);
        RuleFor(person => person.Language).Must(tag => tag.Length == 0 || LanguageTag().IsMatch(tag)).WithMessage("Use a language tag such as en, ru or de-AT.");
        RuleFor(person => person.TimeZone).OptionalTimeZone();
        RuleFor(person => person.CustomFields).CustomFields();
        RuleFor(person => person.OwnerId).OptionalId();
    }

    private static bool HasName(V1.Person person) => !string.IsNullOrWhiteSpace(person.FirstName) || !string.IsNullOrWhiteSpace(person.LastName);

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$")]
    private static partial Regex LanguageTag();
}
