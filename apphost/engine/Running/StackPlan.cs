using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Platform.LocalHost.Dapr;
using Platform.LocalHost.External;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Parameters;
using Platform.LocalHost.Ports;
using Platform.LocalHost.Postgres;
using Platform.LocalHost.Projects;
using Platform.LocalHost.RabbitMQ;
using Platform.LocalHost.Redis;
using Platform.LocalHost.Unsupported;

namespace Platform.LocalHost.Running;

/// <summary>Which resources run, as what, and in which order.</summary>
internal sealed record StackPlan(IReadOnlyList<Runner> Runners, ProgramSource Programs, int PortOffset)
{
    public static StackPlan Make(
        LocalApplicationBuilder builder, RunContext context, Func<IReadOnlyCollection<string>, Task<IReadOnlyDictionary<string, string>>> build)
    {
        var resources = builder.Resources.ToList();
        var sidecar = LocalSidecarResource.Of(resources);
        var offset = Instances.PortOffset.Decide(builder.Instance, builder.Request.PortOffset, FixedPorts(resources));
        foreach (var resource in resources)
        {
            if (GivenConnectionString(builder, resource) is { } given)
                Adopt(resource, given);
        }

        EndpointAllocation.Allocate(resources, offset);
        foreach (var resource in resources.Where(resource => Replica.CountOf(resource) > 1 && resource.Annotations.OfType<DaprSidecarAnnotation>().Any()))
            resource.Annotations.Add(new NotSupportedAnnotation("WithReplicas with a sidecar: Dapr calls the first replica only"));
        if (sidecar is not null)
        {
            sidecar.AddEndpoints(offset);
            resources.Add(sidecar);
        }

        var programs = new ProgramSource(builder, resources, build);
        var commands = new ResourceCommands(builder, context, programs, offset);
        Runner[] runners = [.. resources.SelectMany(resource => (Runner?[])[RunnerOf(resource, builder, context, commands), .. commands.ReplicasOf(resource)]).OfType<Runner>()];
        if (runners.CountBy(runner => runner.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            throw new StackException($"'{twice}' is the name of a resource and of a replica: rename the resource.");
        context.Parameters = [.. runners.OfType<ParameterRunner>()];
        context.Announcements.RunByThemselves = runners.Select(runner => runner.Resource).ToHashSet();
        foreach (var runner in runners)
            runner.Dependencies = [.. DependencyGraph.Of(runner, runners, sidecar)];
        return new StackPlan(runners, programs, offset);
    }

    /// <summary>All ports that the application asks for by number.</summary>
    public static IReadOnlyCollection<int> FixedPorts(IReadOnlyCollection<IResource> resources)
    {
        var endpoints = resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>()).Select(endpoint => endpoint.Port).OfType<int>();
        var sidecars = resources.OfType<IDaprSidecarResource>().Select(sidecar => SidecarPorts.Of(sidecar, 0)).SelectMany(ports => (int[])[ports.Http, ports.Grpc]);
        return [.. endpoints, .. sidecars, Control.ControlServer.DefaultPort, Control.ControlServer.DefaultTelemetryPort];
    }

    // Who refers to the server refers to the one that runs already.
    private static void Adopt(IResource resource, string connectionString)
    {
        switch (resource)
        {
            case PostgresServerResource postgres:
                ExternalPostgres.Adopt(postgres, connectionString);
                break;
            case RedisResource redis:
                ExternalRedis.Adopt(redis, connectionString);
                break;
            case RabbitMQServerResource rabbit:
                ExternalRabbit.Adopt(rabbit, connectionString);
                break;
        }
    }

    private static Runner? RunnerOf(IResource resource, LocalApplicationBuilder builder, RunContext context, ResourceCommands commands) => resource switch
    {
        PostgresServerResource postgres when GivenConnectionString(builder, postgres) is { } given => new ExternalPostgres(context, postgres, given),
        PostgresServerResource postgres => new PostgresRunner(context, postgres),
        RedisResource redis when GivenConnectionString(builder, redis) is { } given => new ExternalRedis(context, redis, given),
        RedisResource redis => new RedisRunner(context, redis),
        RabbitMQServerResource rabbit when GivenConnectionString(builder, rabbit) is { } given => new ExternalRabbit(context, rabbit, given),
        RabbitMQServerResource rabbit => new RabbitRunner(context, rabbit),
        ParameterResource { ConfigurationKey: { } key } parameter when builder.HasDashboard && GivenValue.Of(builder.Configuration, key) is null => new ParameterRunner(context, parameter, builder.Secrets),
        ExternalServiceResource external => new ExternalServiceRunner(context, external),
        _ => commands.RunnerOf(resource) ?? (CustomRunnerOf(resource, builder, context)),
    };

    private static CustomRunner? CustomRunnerOf(IResource resource, LocalApplicationBuilder builder, RunContext context) =>
        resource.GetType().Assembly != typeof(StackPlan).Assembly && (builder.Eventing.IsHeard<InitializeResourceEvent>(resource) || IsWaitedFor(resource, builder))
            ? new CustomRunner(context, resource)
            : null;

    // Who waits for it waits for what is told of it, wherever that is told; what lives in another resource is there with that.
    private static bool IsWaitedFor(IResource resource, LocalApplicationBuilder builder) => resource is not IResourceWithParent
        && builder.Resources.SelectMany(other => other.Annotations.OfType<WaitAnnotation>()).Any(wait => wait.Resource == resource);

    private static string? GivenConnectionString(LocalApplicationBuilder builder, IResource resource) => builder.Configuration[$"ConnectionStrings:{resource.Name}"];
}
