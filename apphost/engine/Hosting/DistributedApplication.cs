using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.LocalHost.CommandLine;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Lifecycle;
using Platform.LocalHost.Running;

namespace Aspire.Hosting;

/// <summary>An application: resources that start, run and stop together.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly LocalApplicationBuilder _builder;
    private readonly IHost _host;
    private readonly StackOnDemand _stack;
    private readonly StackHost _around;

    internal DistributedApplication(LocalApplicationBuilder builder, IHost host)
    {
        _builder = builder;
        _host = host;
        _stack = new(host.Services.GetRequiredService<Announcements>(), () => new Stack(builder, host.Services));
        _around = new(builder, _stack);
    }

    /// <summary>Services of the AppHost itself.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>What the resources are doing.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Does with resources what can be done with them.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    internal Stack Stack => _stack.Value;

    /// <summary>The dashboard's address with its token; null while there is none.</summary>
    internal Uri? Dashboard => _around.Dashboard;

    internal IResourceCollection Model => _builder.Resources;

    /// <summary>Describes an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>Describes an application that is run with a command line.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    /// <summary>Describes an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new LocalApplicationBuilder(options);

    /// <summary>Does what the command line says; without a command, runs until Ctrl-C.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Does what the command line says; without a command, runs until Ctrl-C or the token.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default) =>
        Environment.ExitCode = await LocalCommands.RunAsync(_builder, _stack, cancellationToken);

    /// <summary>Starts all resources and waits until they are healthy; with the dashboard, and what commands ask, where that was not turned off.</summary>
    /// <exception cref="DistributedApplicationException">Another program runs the instance, or a parameter has no value and nobody can be asked.</exception>
    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (!_around.TryTake())
            throw new DistributedApplicationException($"The instance '{_builder.Instance.Name}' is run by another program.");
        var stack = _builder.HasDashboard ? await _around.OpenAsync(() => _ = Task.Run(() => StopAsync()), cancellationToken) : await _stack.AnnouncedAsync(cancellationToken);
        await stack.StartAsync(cancellationToken);
    }

    /// <summary>Stops all resources, the last one started first.</summary>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _around.DisposeAsync().AsTask();

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await _around.DisposeAsync();
        _host.Dispose();
        GC.SuppressFinalize(this);
    }
}
