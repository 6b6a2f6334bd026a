using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Keycloak;
using Platform.LocalHost.Unsupported;

namespace Aspire.Hosting;

/// <summary>Adds Keycloak servers.</summary>
public static class KeycloakResourceBuilderExtensions
{
    private const int PasswordLength = 22;

    /// <summary>A Keycloak server.</summary>
    public static IResourceBuilder<KeycloakResource> AddKeycloak(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? adminUsername = null, IResourceBuilder<ParameterResource>? adminPassword = null)
    {
        var secret = adminPassword ?? builder.AddParameter($"{name}-password", new GenerateParameterDefault { MinLength = PasswordLength, Special = false }, secret: true, persist: true);
        return builder.AddResource(new KeycloakResource(name, adminUsername?.Resource, secret.Resource)).WithHttpEndpoint(port: port, targetPort: 8080);
    }

    /// <summary>Imports a realm file, or each in a folder; the path is relative to the AppHost's folder.</summary>
    public static IResourceBuilder<KeycloakResource> WithRealmImport(this IResourceBuilder<KeycloakResource> builder, string import)
    {
        var path = Path.GetFullPath(import, builder.ApplicationBuilder.AppHostDirectory);
        if (!Path.Exists(path))
            throw new InvalidOperationException($"The realm import '{path}' does not exist.");
        return builder.WithAnnotation(new RealmImportAnnotation(path));
    }

    /// <summary>Keeps the data. The local engine always does, under the instance's folder.</summary>
    public static IResourceBuilder<KeycloakResource> WithDataVolume(this IResourceBuilder<KeycloakResource> builder, string? name = null) => builder;

    /// <summary>Keeps the data, though not in this folder: the local engine keeps them in its database.</summary>
    public static IResourceBuilder<KeycloakResource> WithDataBindMount(this IResourceBuilder<KeycloakResource> builder, string source) =>
        builder.NotSupported($"WithDataBindMount({source}): the data lie in the instance's folder");

    /// <summary>Features of Keycloak's own. Not supported locally.</summary>
    public static IResourceBuilder<KeycloakResource> WithEnabledFeatures(this IResourceBuilder<KeycloakResource> builder, params string[] features) =>
        builder.NotSupported($"WithEnabledFeatures({string.Join(", ", features)}): the identity provider here has features of its own");

    /// <summary>Features of Keycloak's own. Not supported locally.</summary>
    public static IResourceBuilder<KeycloakResource> WithDisabledFeatures(this IResourceBuilder<KeycloakResource> builder, params string[] features) =>
        builder.NotSupported($"WithDisabledFeatures({string.Join(", ", features)}): the identity provider here has features of its own");
}
