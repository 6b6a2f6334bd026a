using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.LocalHost.CommandLine;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Lifecycle;
using Platform.LocalHost.Model;
using Platform.LocalHost.Parameters;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Hosting;

internal sealed class LocalApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;

    public LocalApplicationBuilder(DistributedApplicationOptions options)
    {
        var settings = new HostApplicationBuilderSettings { EnvironmentName = System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Development };
        ModelInspection.Current?.Configure(options, settings);
        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : ModelInspection.Current?.AppHost ?? Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? AppHostProject.DirectoryOf(AppHostAssembly);
        Request = LocalCommandLine.Parse(options.Args ?? []);
        HasDashboard = !options.DisableDashboard && !Request.NoDashboard;
        Instance = new Instance(AppHostProject.RootOf(AppHostDirectory), Request.InstanceName);
        Secrets = new SecretsFile(Instance.SecretsFile);
        Providers = LocalProviders.Of(AppHostAssembly);
        settings.Args = [.. Request.Settings];
        settings.ContentRootPath ??= AppHostDirectory;
        _host = new HostApplicationBuilder(settings);
        // What a health check says stands with the resource.
        _host.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        // Where Aspire keeps files of an AppHost between starts; here, those of the instance.
        _host.Configuration["Aspire:Store:Path"] = Instance.Data;
        AddServices(_host.Services);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationEventing Eventing { get; } = new();

    IDistributedApplicationEventing IDistributedApplicationBuilder.Eventing => Eventing;

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
        var host = _host.Build();
        ExecutionContext.Built = host.Services;
        return new DistributedApplication(this, host);
    }

    // What the AppHost's own code asks for, and the engine with it.
    private void AddServices(IServiceCollection services) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(Eventing)
        .AddSingleton<IDistributedApplicationEventing>(Eventing)
        .AddSingleton(ExecutionContext)
        .AddSingleton(_ => new DistributedApplicationModel(Resources))
        .AddSingleton(provider => new ResourceNotificationService(provider.GetRequiredService<DistributedApplicationModel>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<OutputListeners>()
        .AddSingleton(provider => new ResourceLoggerService(name => new LogFile(Instance.LogOf(name), line => provider.GetRequiredService<OutputListeners>().Hear(name, line))))
        .AddSingleton(provider => new ResourceCommandService(provider, provider.GetRequiredService<DistributedApplicationModel>(), provider.GetRequiredService<ResourceLoggerService>()))
        .AddSingleton<Announcements>();
}

internal static class LocalApplicationBuilderAccess
{
    public static SecretsFile Secrets(this IDistributedApplicationBuilder builder) => ((LocalApplicationBuilder)builder).Secrets;
}
