using Grpc.Core;
using Platform.Gateway.Sessions;
using Platform.Gateway.Sessions.Storage;

namespace Platform.Gateway.Live;

/// <summary>
/// Ends connections whose session or token has ended. The sessions are read every second, one read for all windows of a browser; being
/// connected does not count as using them.
/// </summary>
internal sealed partial class LiveGuard(LiveTenants tenants, TimeProvider time, ILogger<LiveGuard> logger, SessionStore? sessions = null) : BackgroundService
{
    private const int ReadsAtOnce = 16;
    private const int RoundsPerRenewal = 15;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Round, time);
            for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
                await GuardAsync(round, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The end of the process.
        }
    }

    private async Task GuardAsync(int round, CancellationToken cancellationToken)
    {
        var viewers = tenants.All.SelectMany(tenant => tenant.Viewers).GroupBy(viewer => viewer.SessionKey ?? "").ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(viewers, options, async (group, token) => await CheckAsync(group, token));
        if (round % RoundsPerRenewal == 0)
            await Task.WhenAll(tenants.All.Select(RenewAsync));
    }

    private static async Task RenewAsync(TenantLive tenant)
    {
        foreach (var viewer in tenant.Viewers)
            viewer.Tell("told", new Told(tenant.Cursor));
        await tenant.RenewPresenceAsync();
    }

    private async Task CheckAsync(IGrouping<string, Viewer> viewers, CancellationToken cancellationToken)
    {
        if (viewers.Key.Length > 0 && sessions is not null)
        {
            await CheckSessionAsync(viewers, sessions, cancellationToken);
            return;
        }

        var now = time.GetUtcNow();
        foreach (var viewer in viewers.Where(viewer => viewer.ExpireTime <= now))
            viewer.End(LiveError.TokenExpired);
    }

    private async Task CheckSessionAsync(IGrouping<string, Viewer> viewers, SessionStore store, CancellationToken cancellationToken)
    {
        try
        {
            var session = (await store.ReadAsync(viewers.Key, cancellationToken)).Value;
            foreach (var viewer in viewers)
                Keep(viewer, session);
        }
        catch (RpcException away)
        {
            LogUnread(logger, away.Status.Detail);
        }
    }

    private static void Keep(Viewer viewer, Session? session)
    {
        if (session?.Organization?.Id == viewer.Tenant)
            viewer.Session = session;
        else
            viewer.End(LiveError.SessionEnded);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sessions of connections cannot be read: {Reason}")]
    private static partial void LogUnread(ILogger logger, string reason);
}
