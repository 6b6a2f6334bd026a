using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Waiting;

namespace Platform.LocalHost.Keycloak;

/// <summary>Settings of the identity provider that stands in for Keycloak.</summary>
internal static class LocalKeycloak
{
    public static IEnumerable<KeyValuePair<string, object>> Variables(KeycloakResource resource, Instance instance)
    {
        // Shows the demo accounts on the login page, as Keycloak's start-dev is for development only.
        yield return new("ASPNETCORE_ENVIRONMENT", "Development");
        yield return new("Identity__PublicUrl", new EndpointReference(resource, "http"));
        yield return new("Identity__DataDirectory", instance.DataOf(resource.Name));
        if (resource.Annotations.OfType<RealmImportAnnotation>().FirstOrDefault() is { } realm)
            yield return new("Identity__RealmFile", realm.File);
    }

    public static KeycloakResource WithHealthCheck(KeycloakResource resource)
    {
        if (!resource.Annotations.OfType<HttpHealthCheck>().Any())
            resource.Annotations.Add(new HttpHealthCheck("http", "/health", 200));
        return resource;
    }
}
