using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.LocalHost.CommandLine;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Model;
using Platform.LocalHost.Parameters;

namespace Platform.LocalHost.Hosting;

internal sealed class LocalApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;

    public LocalApplicationBuilder(DistributedApplicationOptions options)
    {
        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : ModelInspection.Current?.AppHost ?? Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? AppHostProject.DirectoryOf(AppHostAssembly);
        Request = LocalCommandLine.Parse(options.Args ?? []);
        HasDashboard = !options.DisableDashboard && !Request.NoDashboard;
        Instance = new Instance(AppHostProject.RootOf(AppHostDirectory), Request.InstanceName);
        Secrets = new SecretsFile(Instance.SecretsFile);
        Providers = LocalProviders.Of(AppHostAssembly);
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = [.. Request.Settings],
            ContentRootPath = AppHostDirectory,
            EnvironmentName = System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Development,
        });
        // What a health check says stands with the resource.
        _host.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        // Where Aspire keeps files of an AppHost between starts; here, those of the instance.
        _host.Configuration["Aspire:Store:Path"] = Instance.Data;
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new(DistributedApplicationOperation.Run);

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public CommandRequest Request { get; }

    /// <summary>Whether it runs with a dashboard, and so with telemetry.</summary>
    public bool HasDashboard { get; }

    public Instance Instance { get; }

    public SecretsFile Secrets { get; }

    public LocalProviders Providers { get; }

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ResourceName.Check("resource", resource.Name);
        if (Resources.Any(other => other.Name.Equals(resource.Name, StringComparison.OrdinalIgnoreCase)))
            throw new InvalidOperationException($"There are two resources with the name '{resource.Name}'.");
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        ModelInspection.Current?.Take(this);
        return new DistributedApplication(this, _host.Build());
    }
}

internal static class LocalApplicationBuilderAccess
{
    public static SecretsFile Secrets(this IDistributedApplicationBuilder builder) => ((LocalApplicationBuilder)builder).Secrets;
}
