using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Platform.Dashboard.Dapr;
using Platform.DurableTask;

namespace Platform.Dashboard.Workflows;

/// <summary>A workflow's instance and the app that runs it.</summary>
internal sealed record Instance(DaprApp App, WorkflowState State);

/// <summary>What there is of workflows.</summary>
/// <param name="Latest">The latest instances, the latest first.</param>
/// <param name="Total">How many there are, with those that are left out.</param>
internal sealed record Instances(IReadOnlyList<Instance> Latest, int Total);

/// <summary>Asks the sidecars about workflows, and tells them what to do with them.</summary>
internal sealed class WorkflowClient(IRunningStack stack, TimeProvider time) : IDisposable
{
    private const int MostInstances = 300;
    private const int IdsAtOnce = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, GrpcChannel> _channels = [];
    private readonly Lock _opening = new();

    /// <summary>The latest instances of all apps.</summary>
    public async Task<Instances> ListAsync(CancellationToken cancellationToken)
    {
        var lists = await Task.WhenAll(stack.DaprApps.Select(app => OfAsync(app, cancellationToken)));
        return new Instances([.. lists.SelectMany(list => list.Latest).OrderByDescending(instance => instance.State.CreatedTimestamp)], lists.Sum(list => list.Total));
    }

    /// <summary>An instance with its input and output; null when there is none.</summary>
    public async Task<Instance?> GetAsync(DaprApp app, string id, CancellationToken cancellationToken)
    {
        var answer = await HubOf(app).GetInstanceAsync(new GetInstanceRequest { InstanceId = id, GetInputsAndOutputs = true }, OptionsOf(app, cancellationToken));
        return answer.Exists ? new Instance(app, answer.WorkflowState) : null;
    }

    public async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(DaprApp app, string id, CancellationToken cancellationToken) =>
        (await HubOf(app).GetInstanceHistoryAsync(new GetInstanceHistoryRequest { InstanceId = id }, OptionsOf(app, cancellationToken))).Events;

    public async Task SuspendAsync(DaprApp app, string id, CancellationToken cancellationToken) =>
        await HubOf(app).SuspendInstanceAsync(new SuspendRequest { InstanceId = id, Reason = "asked for in the dashboard" }, OptionsOf(app, cancellationToken));

    public async Task ResumeAsync(DaprApp app, string id, CancellationToken cancellationToken) =>
        await HubOf(app).ResumeInstanceAsync(new ResumeRequest { InstanceId = id, Reason = "asked for in the dashboard" }, OptionsOf(app, cancellationToken));

    public async Task TerminateAsync(DaprApp app, string id, CancellationToken cancellationToken) =>
        await HubOf(app).TerminateInstanceAsync(new TerminateRequest { InstanceId = id, Recursive = true }, OptionsOf(app, cancellationToken));

    /// <summary>Begins a new instance that repeats the history up to a step and does that step again; returns its id.</summary>
    public async Task<string> RerunAsync(DaprApp app, string id, uint step, CancellationToken cancellationToken) =>
        (await HubOf(app).RerunWorkflowFromEventAsync(new RerunWorkflowFromEventRequest { SourceInstanceID = id, EventID = step }, OptionsOf(app, cancellationToken))).NewInstanceID;

    public void Dispose()
    {
        foreach (var channel in _channels.Values)
            channel.Dispose();
    }

    private async Task<Instances> OfAsync(DaprApp app, CancellationToken cancellationToken)
    {
        try
        {
            var ids = await IdsOfAsync(app, cancellationToken);
            // Sidecars name them in the order in which they began.
            var states = await Task.WhenAll(ids.TakeLast(MostInstances).Select(id => HubOf(app).GetInstanceAsync(new GetInstanceRequest { InstanceId = id }, OptionsOf(app, cancellationToken)).ResponseAsync));
            return new Instances([.. states.Where(state => state.Exists).Select(state => new Instance(app, state.WorkflowState))], ids.Count);
        }
        catch (RpcException)
        {
            // A sidecar that is away, or an app without a state store, has no workflows to show.
            return new Instances([], 0);
        }
    }

    private async Task<List<string>> IdsOfAsync(DaprApp app, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var request = new ListInstanceIDsRequest { PageSize = IdsAtOnce };
        while (true)
        {
            var page = await HubOf(app).ListInstanceIDsAsync(request, OptionsOf(app, cancellationToken));
            ids.AddRange(page.InstanceIds);
            if (page.ContinuationToken.Length == 0 || page.InstanceIds.Count == 0)
                return ids;
            request.ContinuationToken = page.ContinuationToken;
        }
    }

    private TaskHubSidecarService.TaskHubSidecarServiceClient HubOf(DaprApp app)
    {
        lock (_opening)
        {
            if (!_channels.TryGetValue(app.Id, out var channel))
                _channels[app.Id] = channel = GrpcChannel.ForAddress($"http://127.0.0.1:{app.GrpcPort}");
            return new TaskHubSidecarService.TaskHubSidecarServiceClient(channel);
        }
    }

    private CallOptions OptionsOf(DaprApp app, CancellationToken cancellationToken)
    {
        var headers = new Grpc.Core.Metadata { { Untraced.Header, Untraced.Parent } };
        if (app.Token is { } token)
            headers.Add("dapr-api-token", token);
        return new CallOptions(headers, time.GetUtcNow().UtcDateTime + Patience, cancellationToken);
    }
}
