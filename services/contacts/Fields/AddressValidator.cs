using FluentValidation;
using Platform.Common.V1;
using Platform.Validation;

namespace Platform.Contacts.Fields;

internal sealed class AddressValidator : AbstractValidator<Address>
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
