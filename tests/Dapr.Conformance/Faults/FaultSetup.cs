using System.Collections.Concurrent;
using Dapr.Actors.Runtime;
using Dapr.Conformance.Actors;
using Dapr.Conformance.Harness;
using Dapr.Conformance.Workflow;
using Dapr.Workflow;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.TestServers;

namespace Dapr.Conformance.Faults;

/// <summary>One app with events, workflows and reminders, which lives on while its sidecar dies.</summary>
internal sealed class FaultSetup : IAsyncDisposable
{
    private Database _database = null!;
    private RedisServer? _redis;
    private IHost? _worker;

    private FaultSetup() => Sidecar = new Sidecar("survivor", new App(
        app =>
        {
            app.MapActorsHandlers();
            app.MapSubscribeHandler();
            app.MapPost("/on", async context => Events.AddOrUpdate((string)(await ReceivedRequest.ReadAsync(context)).Json["data"]!, 1, (_, count) => count + 1)).WithTopic("pubsub", "load");
        },
        services: services =>
        {
            services.AddSingleton(Reminders);
            services.AddActors(options =>
            {
                options.HttpEndpoint = Sidecar!.HttpAddress.ToString();
                options.Actors.RegisterActor<Counter>(ActorSetup.Type);
            });
        }));

    public Sidecar Sidecar { get; }

    /// <summary>How often each event has come.</summary>
    public ConcurrentDictionary<string, int> Events { get; } = new();

    /// <summary>How often each activity has run: the workflow's id and the step.</summary>
    public ConcurrentDictionary<string, int> Activities { get; } = new();

    public ActorLog Reminders { get; } = new();

    public IDaprWorkflowClient Workflows => _worker!.Services.GetRequiredService<IDaprWorkflowClient>();

    public static async Task<FaultSetup> StartAsync()
    {
        var setup = new FaultSetup { _database = await Database.CreateAsync() };
        WorkflowSetup.AddStore(setup.Sidecar, setup._database);
        await setup.AddBrokerAsync();
        await setup.Sidecar.App!.StartAsync();
        await setup.Sidecar.StartAsync();
        setup._worker = await WorkflowSetup.StartWorkerAsync(setup.Sidecar, setup.Register);
        await ActorSetup.HostsAsync(setup.Sidecar);
        return setup;
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
            await ((IAsyncDisposable)_worker).DisposeAsync();
        await Sidecar.DisposeAsync();
        await _database.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
    }

    private async Task AddBrokerAsync()
    {
        if (SidecarProgram.IsLocal)
        {
            Sidecar.Component("pubsub", "pubsub.embedded", ("connectionString", _database.Url));
            return;
        }

        _redis = await RedisServer.StartAsync();
        Sidecar.Component("pubsub", "pubsub.redis", ("redisHost", _redis.Endpoint), ("redisPassword", ""), ("processingTimeout", "2s"), ("redeliverInterval", "1s"));
    }

    private void Register(WorkflowRuntimeOptions options)
    {
        options.RegisterActivity<int, int>("Count", (context, number) =>
        {
            Activities.AddOrUpdate($"{context.InstanceId} {number}", 1, (_, count) => count + 1);
            return Task.FromResult(number + 1);
        });
        options.RegisterWorkflow<int, int>("CountThree", async (context, number) =>
        {
            for (var step = 0; step < 3; step++)
                number = await context.CallActivityAsync<int>("Count", number);
            return number;
        });
    }
}
