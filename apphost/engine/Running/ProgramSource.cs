using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Dapr;
using Platform.LocalHost.Hosting;

namespace Platform.LocalHost.Running;

/// <summary>The program of a resource's project; the first who asks has all of them built.</summary>
internal sealed class ProgramSource
{
    private readonly LocalProviders _providers;
    private readonly Lazy<Task<IReadOnlyDictionary<string, string>>> _programs;

    public ProgramSource(
        LocalApplicationBuilder builder, IEnumerable<IResource> resources, Func<IReadOnlyCollection<string>, Task<IReadOnlyDictionary<string, string>>> build)
    {
        _providers = builder.Providers;
        string[] projects = [.. resources.Select(ProjectOf).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        _programs = new(() => build(projects));
    }

    /// <summary>Builds now, while servers that need no build are starting.</summary>
    public void Begin() => _ = _programs.Value;

    /// <summary>The project that a resource runs from; null when it runs from none.</summary>
    public string? ProjectOf(IResource resource) => resource switch
    {
        ProjectResource => resource.Annotations.OfType<IProjectMetadata>().Single().ProjectPath,
        KeycloakResource => _providers.Identity,
        LocalSidecarResource => _providers.Sidecar,
        _ => null,
    };

    public async Task<string> ProgramOfAsync(string project, CancellationToken cancellationToken) => (await _programs.Value.WaitAsync(cancellationToken))[project];
}
