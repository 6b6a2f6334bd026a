using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Platform.LocalHost.Projects;

/// <summary>Where a project's own settings say that it listens: <c>Kestrel:Endpoints</c> of its appsettings.</summary>
internal static class KestrelEndpoints
{
    /// <summary>Adds them; false where there are none. Where there are, the addresses of a launch profile count for nothing, as for Kestrel itself.</summary>
    public static bool Apply(IResourceBuilder<ProjectResource> resource, string projectPath)
    {
        var endpoints = new ConfigurationBuilder().SetBasePath(Path.GetDirectoryName(projectPath)!)
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{resource.ApplicationBuilder.Environment.EnvironmentName}.json", optional: true)
            .Build().GetSection("Kestrel:Endpoints").GetChildren().Where(endpoint => endpoint["Url"] is not null).ToList();
        foreach (var endpoint in endpoints)
        {
            // Kestrel takes a star or a plus for every host; a Uri does not.
            var address = new Uri(endpoint["Url"]!.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal));
            resource.WithEndpoint(address.Port, scheme: address.Scheme, name: endpoint.Key)
                .WithEnvironment($"Kestrel__Endpoints__{endpoint.Key}__Url", resource.GetEndpoint(endpoint.Key));
        }

        return endpoints.Count > 0;
    }
}
