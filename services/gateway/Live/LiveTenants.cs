using Microsoft.Extensions.Options;

namespace Platform.Gateway.Live;

/// <summary>The companies of which somebody is connected to this gateway. Who comes first opens the feed.</summary>
internal sealed class LiveTenants
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, TenantLive> _tenants = [];
    private readonly LiveFeed _feed;
    private readonly ViewerRights _rights;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly int _most;

    public LiveTenants(LiveFeed feed, ViewerRights rights, IOptions<LiveOptions> options, TimeProvider time, ILogger<LiveTenants> logger)
    {
        (_feed, _rights, _time, _logger, _most) = (feed, rights, time, logger, options.Value.ConnectionsPerUser);
        feed.OnBatch = (tenant, batch) => Find(tenant)?.Hear(batch);
        feed.OnPresence = (tenant, presence) => Find(tenant)?.Hear(presence);
        feed.OnMissed = () => All.ToList().ForEach(tenant => tenant.Hear((Communications.V1.ChangeBatch?)null));
    }

    public IReadOnlyList<TenantLive> All
    {
        get
        {
            lock (_lock)
                return [.. _tenants.Values];
        }
    }

    /// <summary>False where the person has too many connections already.</summary>
    public bool TryEnter(Viewer viewer)
    {
        _feed.Start();
        lock (_lock)
        {
            if (!_tenants.TryGetValue(viewer.Tenant, out var tenant))
                tenant = _tenants[viewer.Tenant] = new TenantLive(viewer.Tenant, _feed, _rights, _time, _logger);
            if (tenant.Viewers.Count(other => other.User == viewer.User) >= _most)
                return false;
            tenant.Enter(viewer);
            return true;
        }
    }

    public void Leave(Viewer viewer)
    {
        lock (_lock)
        {
            if (!_tenants.TryGetValue(viewer.Tenant, out var tenant))
                return;
            tenant.Leave(viewer);
            if (tenant.Viewers.Count > 0)
                return;
            _tenants.Remove(viewer.Tenant);
            tenant.Dispose();
        }
    }

    public TenantLive? Find(Guid tenant)
    {
        lock (_lock)
            return _tenants.GetValueOrDefault(tenant);
    }
}
