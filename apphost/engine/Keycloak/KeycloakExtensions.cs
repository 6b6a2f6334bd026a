using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Keycloak;

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
}
