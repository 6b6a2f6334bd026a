using System.Text.RegularExpressions;
using FluentValidation;
using Platform.Validation;

namespace Platform.Contacts.Consents;

internal sealed partial class ConsentValidator : AbstractValidator<V1.ConsentStatement>
{
    private const int TextLength = 100;

    // Clocks differ.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    public ConsentValidator(TimeProvider time)
    {
        RuleFor(consent => consent.Purpose).Matches(Key()).WithMessage("Use lower case, digits and _, beginning with a letter, at most 40 characters.");
        RuleFor(consent => consent.Time).Must(said => said is null || said.ToDateTimeOffset() >= DateTimeOffset.UnixEpoch).WithMessage("Use a time after 1970.")
            .Must(said => said is null || said.ToDateTimeOffset() <= time.GetUtcNow() + Leeway).WithMessage("Nobody has said anything in the future: use a time that is past.");
        RuleFor(consent => consent.Source).Text(TextLength);
        RuleFor(consent => consent.TextVersion).Text(TextLength);
        RuleFor(consent => consent.Address).Text(TextLength);
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex Key();
}
