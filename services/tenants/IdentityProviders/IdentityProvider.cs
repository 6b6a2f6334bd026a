using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.IdentityProviders;

/// <summary>What the platform knows of a company's identity server. The secret is the platform's identity server's alone.</summary>
internal sealed class IdentityProvider : Entity
{
    public string DisplayName { get; private set; } = "";

    public bool Disabled { get; private set; }

    public V1.OidcSettings? Oidc { get; private set; }

    public V1.SamlSettings? Saml { get; private set; }

    // By what name the realm knows the application that people are led to whose sign-in began at their company's server: platform-web's
    // attribute saml_idp_initiated_sso_url_name.
    private const string ApplicationName = "platform";

    /// <summary>The name at the platform's identity server; nobody chooses it, so that nobody takes another's.</summary>
    public string Alias => $"idp-{Id:N}";

    public static IdentityProvider Create(V1.IdentityProvider message, DateTimeOffset now)
    {
        var provider = new IdentityProvider { CreateTime = now };
        provider.Update(message, now);
        return provider;
    }

    public void Update(V1.IdentityProvider message, DateTimeOffset now)
    {
        DisplayName = message.DisplayName.Trim();
        Disabled = message.Disabled;
        (Oidc, Saml) = (message.Oidc?.Clone(), message.Saml?.Clone());
        if (Oidc is not null)
            Oidc.ClientSecret = "";
        UpdateTime = now;
    }

    public V1.IdentityProvider ToMessage(string realmUrl)
    {
        var endpoint = $"{realmUrl}/broker/{Alias}/endpoint";
        var message = new V1.IdentityProvider
        {
            Id = Id.ToString(),
            Etag = Etag,
            DisplayName = DisplayName,
            Disabled = Disabled,
            Alias = Alias,
            RedirectUri = endpoint,
            MetadataUri = Saml is null ? "" : $"{endpoint}/descriptor",
            BegunThereUri = Saml is { AllowSignInsBegunThere: true } ? $"{endpoint}/clients/{ApplicationName}" : "",
            PostLogoutRedirectUri = Oidc is null ? "" : $"{endpoint}/logout_response",
            BackChannelLogoutUri = Oidc is null ? "" : $"{realmUrl}/protocol/openid-connect/logout/backchannel-logout",
            CreateTime = CreateTime.ToTimestamp(),
            UpdateTime = UpdateTime.ToTimestamp(),
        };
        if (Saml is not null)
            message.Saml = Saml.Clone();
        else
            message.Oidc = Oidc?.Clone();
        return message;
    }

    public static void Map(EntityTypeBuilder<IdentityProvider> builder)
    {
        builder.IsResource("identity_providers");
        builder.Ignore(provider => provider.Alias);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(provider => provider.TenantId).HasPrincipalKey(tenant => tenant.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
