using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Platform.LocalHost.Projects;

/// <summary>A profile of Properties/launchSettings.json: variables, arguments and addresses.</summary>
internal sealed record LaunchProfile(string? CommandName, string? CommandLineArgs, string? ApplicationUrl, Dictionary<string, string>? EnvironmentVariables)
{
    private const string Variable = "DOTNET_LAUNCH_PROFILE";
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Takes a profile in: the named one, else the one that the AppHost itself runs with where the project has it, else the first.</summary>
    /// <param name="resource">The project.</param>
    /// <param name="projectPath">Its file.</param>
    /// <param name="profileName">The profile; chosen when null.</param>
    /// <param name="addresses">Whether its addresses count.</param>
    public static IResourceBuilder<ProjectResource> Apply(IResourceBuilder<ProjectResource> resource, string projectPath, string? profileName, bool addresses)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        var profiles = File.Exists(file) ? JsonSerializer.Deserialize<Settings>(File.ReadAllText(file), Format)?.Profiles ?? [] : [];
        profileName ??= resource.ApplicationBuilder.Configuration[Variable] is { } own && profiles.ContainsKey(own) ? own : null;
        var (name, profile) = profileName is null
            ? profiles.FirstOrDefault(entry => entry.Value.CommandName == "Project")
            : profiles.TryGetValue(profileName, out var named) ? KeyValuePair.Create(profileName, named)
            : throw new InvalidOperationException($"{file} has no profile '{profileName}'.");
        if (profile is null)
            return resource;

        foreach (var address in ((addresses ? profile.ApplicationUrl : null) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            AddEndpoint(resource, new Uri(address));
        if (profile.CommandLineArgs is { Length: > 0 } arguments)
            resource.WithArgs(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return resource.WithEnvironment(context =>
        {
            context.EnvironmentVariables[Variable] = name;
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
