using FluentValidation;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Tenants.IdentityProviders;

internal sealed class IdentityProviderValidator : AbstractValidator<V1.IdentityProvider>
{
    private const string Transient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

    public IdentityProviderValidator(ProviderAddress addresses)
    {
        // The identity server reads ${…} in a name as the key of a text.
        RuleFor(provider => provider.DisplayName).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("Give it a name: people see it.").Text(100)
            .Must(name => !name.Contains("${", StringComparison.Ordinal)).WithMessage("A name has no ${ in it.");
        RuleFor(provider => provider.ProtocolCase).Must(kind => kind != V1.IdentityProvider.ProtocolOneofCase.None).OverridePropertyName("protocol").WithMessage("Send its settings: oidc or saml.");
        RuleFor(provider => provider.Oidc!).SetValidator(new OidcValidator(addresses)).When(provider => provider.Oidc is not null);
        RuleFor(provider => provider.Saml!).SetValidator(new SamlValidator(addresses)).When(provider => provider.Saml is not null);
    }

    private static void OptionalAddress<T>(string address, ProviderAddress addresses, ValidationContext<T> context)
    {
        if (address.Length > 0)
            Address(address, addresses, context);
    }

    private static void Address<T>(string address, ProviderAddress addresses, ValidationContext<T> context)
    {
        if (addresses.Refuse(address) is { } refusal)
            context.AddFailure(refusal);
    }

    private sealed class OidcValidator : AbstractValidator<V1.OidcSettings>
    {
        public OidcValidator(ProviderAddress addresses)
        {
            RuleFor(oidc => oidc.Issuer).Custom((address, context) => Address(address, addresses, context));
            RuleFor(oidc => oidc.AuthorizationUrl).Custom((address, context) => Address(address, addresses, context));
            RuleFor(oidc => oidc.TokenUrl).Custom((address, context) => Address(address, addresses, context));
            RuleFor(oidc => oidc.JwksUrl).Custom((address, context) => Address(address, addresses, context));
            RuleFor(oidc => oidc.EndSessionUrl).Custom((address, context) => OptionalAddress(address, addresses, context));
            RuleFor(oidc => oidc.ClientId).NotEmpty().WithMessage("Say whom that server knows the platform as.").Text(255);
            RuleFor(oidc => oidc.ClientSecret).Text(1000).Must(secret => !secret.All(letter => letter == '*') || secret.Length == 0).WithMessage("Send the secret itself, or leave it out.");
        }
    }

    private sealed class SamlValidator : AbstractValidator<V1.SamlSettings>
    {
        public SamlValidator(ProviderAddress addresses)
        {
            RuleFor(saml => saml.EntityId).NotEmpty().WithMessage("Name the server's entity id.").Text(500);
            RuleFor(saml => saml.SignOnUrl).Custom((address, context) => Address(address, addresses, context));
            RuleFor(saml => saml.SignOutUrl).Custom((address, context) => OptionalAddress(address, addresses, context));
            RuleFor(saml => saml.Certificates).Must(certificates => certificates.Count is > 0 and <= ProviderCertificates.Max).WithMessage(_ => Say($"Send 1 to {ProviderCertificates.Max} certificates."));
            RuleForEach(saml => saml.Certificates).Custom((certificate, context) =>
            {
                if (certificate.Length > ProviderCertificates.MaxLength)
                    context.AddFailure(Say($"At most {ProviderCertificates.MaxLength} characters."));
                else if (ProviderCertificates.Refuse(certificate) is { } refusal)
                    context.AddFailure(refusal);
            });
            RuleFor(saml => saml.NameIdFormat).Text(200).Must(format => format != Transient).WithMessage("A transient name is another one at each sign-in: choose a lasting one.");
        }
    }
}
