using FluentValidation;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Fields;
using Platform.Validation;

namespace Platform.Contacts.Companies;

internal sealed class CompanyValidator : AbstractValidator<V1.Company>
{
    public CompanyValidator()
    {
        RuleFor(company => company.Name).NotEmpty().WithMessage("A company needs a name.").Text(200);
        RuleFor(company => company.Email).OptionalEmail();
        RuleFor(company => company.Phone).Text(50);
        RuleFor(company => company.Website).Text(300);
        RuleFor(company => company.TaxNumber).Text(50);
        RuleFor(company => company.Address).SetValidator(new AddressValidator());
        this.OtherEmails(company => company.OtherEmails, company => company.Email);
        this.OtherPhones(company => company.OtherPhones, company => (company.Phone, company.Address?.Country));
        this.OtherAddresses(company => company.OtherAddresses, company => company.Address);
        RuleFor(company => company.CustomFields).CustomFields();
        RuleFor(company => company.OwnerId).OptionalId();
    }
}
