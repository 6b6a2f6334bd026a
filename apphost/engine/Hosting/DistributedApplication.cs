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

    internal DistributedApplication(LocalApplicationBuilder builder, IHost host)
    {
        _builder = builder;
        _host = host;
        _stack = new(host.Services.GetRequiredService<Announcements>(), () => new Stack(builder, host.Services));
    }

    /// <summary>Services of the AppHost itself.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>What the resources are doing.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Does with resources what can be done with them.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    internal Stack Stack => _stack.Value;

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

    /// <summary>Starts all resources and waits until they are healthy.</summary>
    public virtual async Task StartAsync(CancellationToken cancellationToken = default) => await (await _stack.AnnouncedAsync(cancellationToken)).StartAsync(cancellationToken);

    /// <summary>Stops all resources, the last one started first.</summary>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => Stack.StopAsync();

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        if (_stack.Made is { } stack)
            await stack.StopAsync();
        _host.Dispose();
        GC.SuppressFinalize(this);
    }
}
