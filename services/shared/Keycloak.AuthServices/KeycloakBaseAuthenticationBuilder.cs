using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Keycloak.AuthServices.Authentication;

/// <summary>What every Keycloak authentication builder holds.</summary>
public class KeycloakBaseAuthenticationBuilder
{
    /// <summary>Remembers the services and the section that configured them.</summary>
    protected KeycloakBaseAuthenticationBuilder(IServiceCollection services, IConfigurationSection? configurationSection = null)
    {
        Services = services;
        ConfigurationSection = configurationSection;
    }

    /// <summary>The services being configured.</summary>
    public IServiceCollection Services { get; private set; }

    /// <summary>The section that the options were read from, if any.</summary>
    protected IConfigurationSection? ConfigurationSection { get; set; }
}
