using Dapr.Common.Serialization;
using Dapr.Workflow.Registration;
using Dapr.Workflow.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dapr.Workflow;

/// <summary>Registers workflows, the worker that runs them and the client that starts them.</summary>
public static partial class WorkflowServiceCollectionExtensions
{
    /// <summary>Registers the client, and the worker with what generated code registered.</summary>
    public static DaprWorkflowBuilder AddDaprWorkflow(this IServiceCollection services) => services.AddDaprWorkflow(_ => { });

    /// <summary>Registers the client, and the worker with what <paramref name="configure"/> adds.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Registers workflows and activities.</param>
    /// <param name="lifetime">How long a client lives.</param>
    public static DaprWorkflowBuilder AddDaprWorkflow(
        this IServiceCollection services, Action<WorkflowRuntimeOptions> configure, ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        services.AddDaprWorkflowBuilder(configure, null, lifetime);

    /// <summary>Registers the client and the worker, and returns a builder for further choices.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configureRuntime">Registers workflows and activities.</param>
    /// <param name="configureClient">Gives the client a channel of its own.</param>
    /// <param name="lifetime">How long a client lives.</param>
    public static DaprWorkflowBuilder AddDaprWorkflowBuilder(
        this IServiceCollection services,
        Action<WorkflowRuntimeOptions>? configureRuntime,
        Action<IServiceProvider, DaprWorkflowClientBuilder>? configureClient = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(service => service.ServiceType != typeof(SidecarConnection)))
            services.Configure<WorkflowRuntimeOptions>(WorkflowAutoRegistry.Apply);
        services.Configure<WorkflowRuntimeOptions>(options => configureRuntime?.Invoke(options));
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<WorkflowRuntimeOptions>>().Value);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IDaprSerializer>(_ => new JsonDaprSerializer());
        services.TryAddSingleton<IWorkflowsFactory>(CreateFactory);
        services.TryAddSingleton(provider => new SidecarConnection(
            provider.GetService<IConfiguration>(), provider.GetRequiredService<WorkflowRuntimeOptions>().GrpcChannelOptions));
        services.TryAdd(new ServiceDescriptor(typeof(DaprWorkflowClient), provider => CreateClient(provider, configureClient), lifetime));
        services.AddHostedService<WorkflowWorker>();
        return new DaprWorkflowBuilder(services);
    }

    private static WorkflowsFactory CreateFactory(IServiceProvider services)
    {
        var factory = new WorkflowsFactory();
        services.GetRequiredService<WorkflowRuntimeOptions>().ApplyRegistrations(factory);
        return factory;
    }

    private static DaprWorkflowClient CreateClient(
        IServiceProvider services, Action<IServiceProvider, DaprWorkflowClientBuilder>? configure)
    {
        if (configure is null)
            return new DaprWorkflowClient(services.GetRequiredService<SidecarConnection>().Invoker, services.GetRequiredService<IDaprSerializer>());

        var builder = new DaprWorkflowClientBuilder(services.GetService<IConfiguration>()) { Services = services };
        builder.UseSerializer(services.GetRequiredService<IDaprSerializer>());
        configure(services, builder);
        return builder.Build();
    }
}
