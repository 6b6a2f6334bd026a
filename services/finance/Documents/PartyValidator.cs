using FluentValidation;
using Platform.Validation;

namespace Platform.Finance.Documents;

internal sealed class PartyValidator : AbstractValidator<V1.Party>
{
    public PartyValidator()
    {
        RuleFor(party => party.Name).NotEmpty().WithMessage("A party of a document needs a name.").Text(300);
        RuleFor(party => party.Email).OptionalEmail();
        RuleFor(party => party.TaxNumber).Text(50);
        RuleFor(party => party.Address).SetValidator(new AddressValidator());
    }
}
