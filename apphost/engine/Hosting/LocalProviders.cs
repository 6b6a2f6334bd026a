using System.Reflection;

namespace Platform.LocalHost.Hosting;

/// <summary>The projects that stand in for servers which need a container elsewhere; items <c>LocalProvider</c> of the AppHost's project.</summary>
/// <param name="Sidecar">Project of the Dapr sidecar.</param>
/// <param name="Identity">Project of the identity provider.</param>
/// <param name="Demo">Project of the command <c>demo</c>.</param>
internal sealed record LocalProviders(string? Sidecar, string? Identity, string? Demo)
{
    public static LocalProviders Of(Assembly? assembly) => new(
        AppHostProject.Metadata(assembly, "localprovider:dapr"),
        AppHostProject.Metadata(assembly, "localprovider:keycloak"),
        AppHostProject.Metadata(assembly, "localprovider:demo"));
}
