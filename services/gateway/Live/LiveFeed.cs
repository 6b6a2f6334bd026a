using Grpc.Core;
using Platform.Communications.V1;
using Platform.Invocation;
using Platform.Tenancy;

namespace Platform.Gateway.Live;

/// <summary>
/// What every gateway hears: the stream of the communications service. It is opened for the first connection. When it has broken off it is
/// opened again, and whoever goes by it asks for what was told meanwhile.
/// </summary>
internal sealed partial class LiveFeed(SidecarChannel sidecar, ServiceAccount account, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LiveFeed> logger)
{
    // A message comes every 15 seconds.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly LiveService.LiveServiceClient _service = new(sidecar.Invoker);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isStarted;

    /// <summary>Done when the stream was open once.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Hears a company's changes.</summary>
    public Action<Guid, ChangeBatch> OnBatch { get; set; } = (_, _) => { };

    /// <summary>Hears who looks at what in a company.</summary>
    public Action<Guid, Presence> OnPresence { get; set; } = (_, _) => { };

    /// <summary>Something may have been missed: also when the stream begins.</summary>
    public Action OnMissed { get; set; } = () => { };

    /// <summary>Whether the stream is open, so that what is listed now and what comes from now on is everything.</summary>
    public bool IsOpen { get; private set; }

    public void Start()
    {
        if (Interlocked.Exchange(ref _isStarted, 1) == 0)
            _ = Task.Run(RunAsync);
    }

    /// <summary>What is kept of a company's changes.</summary>
    /// <exception cref="RpcException">Nobody can tell.</exception>
    public async Task<ListChangesResponse> ListAsync(Guid tenant, long afterCursor, CancellationToken cancellationToken) =>
        await _service.ListChangesAsync(new ListChangesRequest { AfterCursor = afterCursor }, await HeadersAsync(tenant, cancellationToken), Deadline(), cancellationToken);

    /// <summary>Says who looks at what. What is not heard is said again.</summary>
    public async Task TellAsync(Guid tenant, IEnumerable<Presence> presences)
    {
        try
        {
            foreach (var some in presences.Chunk(15))
                await _service.TellPresenceAsync(new TellPresenceRequest { Presences = { some } }, await HeadersAsync(tenant, lifetime.ApplicationStopping), Deadline(), lifetime.ApplicationStopping);
        }
        catch (RpcException failure)
        {
            LogUnheard(logger, failure.Status.Detail);
        }
    }

    private async Task RunAsync()
    {
        var (stopping, pause) = (lifetime.ApplicationStopping, FirstPause);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await WatchAsync(() => pause = FirstPause, stopping);
            }
            catch (Exception failure) when (failure is RpcException or OperationCanceledException)
            {
                if (!stopping.IsCancellationRequested)
                    LogLost(logger, failure is RpcException { Status.Detail: var detail } ? detail : "silence");
            }

            IsOpen = false;
            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task WatchAsync(Action opened, CancellationToken stopping)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        silence.CancelAfter(LongestSilence);
        var headers = await HeadersAsync(null, silence.Token);
        // To a Dapr sidecar: pass every message on as it comes, and make the call once.
        headers.Add("dapr-stream", "true");
        using var call = _service.WatchChanges(new WatchChangesRequest(), headers, cancellationToken: silence.Token);
        await foreach (var told in call.ResponseStream.ReadAllAsync(silence.Token))
        {
            silence.CancelAfter(LongestSilence);
            if (!IsOpen)
            {
                IsOpen = true;
                opened();
                _begun.TrySetResult();
                OnMissed();
            }

            Hear(told);
        }
    }

    private void Hear(WatchChangesResponse told)
    {
        if (told.Missed)
            OnMissed();
        if (!Guid.TryParse(told.TenantId, out var tenant))
            return;
        if (told.Batch is { } batch)
            OnBatch(tenant, batch);
        if (told.Presence is { } presence)
            OnPresence(tenant, presence);
    }

    private async Task<Metadata> HeadersAsync(Guid? tenant, CancellationToken cancellationToken)
    {
        try
        {
            var headers = new Metadata { { "dapr-app-id", DaprNames.Communications }, { "authorization", $"Bearer {await account.GetTokenAsync(cancellationToken)}" } };
            if (tenant is { } company)
                headers.Add(Caller.TenantHeader, company.ToString());
            return headers;
        }
        catch (HttpRequestException away)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, $"The identity server gives no token: {away.Message}"));
        }
    }

    private DateTime Deadline() => time.GetUtcNow().UtcDateTime + Patience;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes are not heard ({Reason}); what is missed is asked for as soon as they are")]
    private static partial void LogLost(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Other gateways did not hear who looks at what ({Reason})")]
    private static partial void LogUnheard(ILogger logger, string reason);
}
