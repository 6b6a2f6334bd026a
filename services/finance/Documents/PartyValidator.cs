using FluentValidation;
using Platform.Common.V1;
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

    private sealed class AddressValidator : AbstractValidator<Address>
    {
        private const int MaxLines = 6;

        public AddressValidator()
        {
            RuleFor(address => address.Lines).Must(lines => lines.Count <= MaxLines).WithMessage($"At most {MaxLines} lines.");
            RuleForEach(address => address.Lines).Text(200);
            RuleFor(address => address.City).Text(100);
            RuleFor(address => address.Region).Text(100);
            RuleFor(address => address.PostalCode).Text(20);
            RuleFor(address => address.Country)
                .Must(code => code.Length == 0 || (code.Length == 2 && code.All(char.IsAsciiLetterUpper)))
                .WithMessage("Use the two letters of ISO 3166-1 in upper case, such as DE.");
        }
    }
}
