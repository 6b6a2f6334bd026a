using FluentValidation;
using Platform.Common.V1;
using static Platform.Languages.Wording;

namespace Platform.Validation;

/// <summary>A postal address; every field may be empty, the country is a code of ISO 3166-1.</summary>
public sealed class AddressValidator : AbstractValidator<Address>
{
    private const int MaxLines = 6;

    /// <summary>The rules.</summary>
    public AddressValidator()
    {
        RuleFor(address => address.Lines).Must(lines => lines.Count <= MaxLines).WithMessage(_ => Say($"At most {MaxLines} lines."));
        RuleForEach(address => address.Lines).Text(200);
        RuleFor(address => address.City).Text(100);
        RuleFor(address => address.Region).Text(100);
        RuleFor(address => address.PostalCode).Text(20);
        RuleFor(address => address.Country)
            .Must(code => code.Length == 0 || (code.Length == 2 && code.All(char.IsAsciiLetterUpper)))
            .WithMessage("Use the two letters of ISO 3166-1 in upper case, such as DE.");
    }
}
