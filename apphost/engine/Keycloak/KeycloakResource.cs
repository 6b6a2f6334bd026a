namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Keycloak server; locally an identity provider that serves Keycloak's paths from the same realm file.</summary>
public sealed class KeycloakResource(string name, ParameterResource? admin, ParameterResource adminPassword) : ContainerResource(name), Hosting.IResourceWithServiceDiscovery
{
    /// <summary>The administrator's name; <c>admin</c> when null.</summary>
    public ParameterResource? AdminUserNameParameter { get; } = admin;

    /// <summary>The administrator's password.</summary>
    public ParameterResource AdminPasswordParameter { get; } = adminPassword;
}
