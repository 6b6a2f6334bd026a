using FluentValidation;
using Platform.Contacts.Fields;
using Platform.Validation;

namespace Platform.Contacts.Leads;

internal sealed class LeadValidator : AbstractValidator<V1.Lead>
{
    public LeadValidator()
    {
        RuleFor(lead => lead.LastName).Must((lead, _) => HasName(lead)).WithMessage("A lead needs a first or a last name.").Text(100);
        RuleFor(lead => lead.FirstName).Text(100);
        RuleFor(lead => lead.Email).OptionalEmail();
        RuleFor(lead => lead.Phone).Text(50);
        RuleFor(lead => lead.CompanyName).Text(200);
        RuleFor(lead => lead.JobTitle).Text(200);
        RuleFor(lead => lead.Source).Text(100);
        RuleFor(lead => lead.Status).IsInEnum().WithMessage("There is no such status.");
        RuleFor(lead => lead.Status).NotEqual(V1.LeadStatus.Converted).WithMessage("A lead is converted by ConvertLead only.");
        RuleFor(lead => lead.Address).SetValidator(new AddressValidator());
        RuleFor(lead => lead.CustomFields).CustomFields();
        RuleFor(lead => lead.OwnerId).OptionalId();
    }

    private static bool HasName(V1.Lead lead) => !string.IsNullOrWhiteSpace(lead.FirstName) || !string.IsNullOrWhiteSpace(lead.LastName);
}
