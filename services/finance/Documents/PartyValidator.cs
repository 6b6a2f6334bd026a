using FluentValidation;
using Platform.Validation;

namespace Platform.Finance.Documents;

internal sealed class PartyValidator : AbstractValidator<V1.Party>
{
    private const int MaxAddressLines = 10;

    public PartyValidator()
    {
        RuleFor(party => party.Name).NotEmpty().WithMessage("A party of a document needs a name.").Text(200);
        RuleFor(party => party.Email).OptionalEmail();
        RuleFor(party => party.TaxNumber).Text(50);
        When(party => party.Address is not null, () =>
        {
            RuleFor(party => party.Address.Lines).Must(lines => lines.Count <= MaxAddressLines).WithMessage($"At most {MaxAddressLines} lines.");
            RuleForEach(party => party.Address.Lines).Text(200);
            RuleFor(party => party.Address.City).Text(100);
            RuleFor(party => party.Address.Region).Text(100);
            RuleFor(party => party.Address.PostalCode).Text(20);
            RuleFor(party => party.Address.Country).Text(100);
        });
    }
}
