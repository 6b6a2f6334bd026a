using FluentValidation;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Tenants.ExternalApps;

internal sealed class ExternalAppValidator : AbstractValidator<V1.ExternalApp>
{
    private const int MaxRedirects = 20;

    public ExternalAppValidator()
    {
        // The identity server reads ${…} in a name as the key of a text.
        RuleFor(app => app.DisplayName).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("Give the application a name.").Text(100)
            .Must(name => !name.Contains("${", StringComparison.Ordinal)).WithMessage("A name has no ${ in it.");
        RuleFor(app => app.Type).Must(type => type is V1.ExternalAppType.Confidential or V1.ExternalAppType.Public)
            .WithMessage("Say whether it keeps a secret: EXTERNAL_APP_TYPE_CONFIDENTIAL, or EXTERNAL_APP_TYPE_PUBLIC.");
        RuleFor(app => app.RedirectUris).Must(uris => uris.Count is > 0 and <= MaxRedirects).WithMessage(_ => Say($"Name 1 to {MaxRedirects} addresses that people come back to."));
        RuleForEach(app => app.RedirectUris).Custom((uri, context) =>
        {
            if (RedirectAddress.Refuse(uri, context.InstanceToValidate.Type == V1.ExternalAppType.Public) is { } refusal)
                context.AddFailure(refusal);
        });
        RuleFor(app => app.Permissions).Must(permissions => permissions.Count is > 0 and <= 200).WithMessage("Give the application at least one permission.");
    }
}
