using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Platform.LocalHost.Projects;

/// <summary>A profile of Properties/launchSettings.json: variables, arguments and addresses.</summary>
internal sealed record LaunchProfile(string? CommandName, string? CommandLineArgs, string? ApplicationUrl, Dictionary<string, string>? EnvironmentVariables)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static IResourceBuilder<ProjectResource> Apply(IResourceBuilder<ProjectResource> resource, string projectPath, string? profileName)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        var profiles = File.Exists(file) ? JsonSerializer.Deserialize<Settings>(File.ReadAllText(file), Format)?.Profiles ?? [] : [];
        var (name, profile) = profileName is null
            ? profiles.FirstOrDefault(entry => entry.Value.CommandName == "Project")
            : profiles.TryGetValue(profileName, out var named) ? KeyValuePair.Create(profileName, named)
            : throw new InvalidOperationException($"{file} has no profile '{profileName}'.");
        if (profile is null)
            return resource;

        foreach (var address in (profile.ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            AddEndpoint(resource, new Uri(address));
        if (profile.CommandLineArgs is { Length: > 0 } arguments)
            resource.WithArgs(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return resource.WithEnvironment(context =>
        {
            context.EnvironmentVariables["DOTNET_LAUNCH_PROFILE"] = name;
            foreach (var (variable, value) in profile.EnvironmentVariables ?? [])
                context.EnvironmentVariables[variable] = value;
        });
    }

    private static void AddEndpoint(IResourceBuilder<ProjectResource> resource, Uri address)
    {
        var sameScheme = resource.Resource.Annotations.OfType<EndpointAnnotation>().Count(endpoint => endpoint.UriScheme == address.Scheme);
        resource.WithEndpoint(address.Port, scheme: address.Scheme, name: sameScheme == 0 ? address.Scheme : $"{address.Scheme}{sameScheme + 1}");
    }

    private sealed record Settings(Dictionary<string, LaunchProfile>? Profiles);
}
