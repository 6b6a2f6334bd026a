using System.Collections.Concurrent;
using System.IdentityModel.Tokens.Jwt;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Communications.V1;
using Platform.Pipelines.V1;
using Platform.Tenants.V1;

namespace Gateway.Tests.Live;

/// <summary>The log of changes of the communications service, and what the owners of records say of who may see them.</summary>
internal sealed class FakeLive
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<Guid, List<ChangeBatch>> _logs = new();

    /// <summary>The streams that are open.</summary>
    public ConcurrentDictionary<Channel<WatchChangesResponse>, bool> Watchers { get; } = new();

    /// <summary>Records, pipelines, lists and companies that somebody may not see: "{user} {resource}", "{user} {id}", "{user}".</summary>
    public ConcurrentDictionary<string, bool> Hidden { get; } = new(StringComparer.Ordinal);

    /// <summary>Keeps a change, and tells it unless it is lost on the way; its cursor.</summary>
    public long Change(Guid tenant, string resource, Guid? id, ChangeKind kind = ChangeKind.Updated, string user = "", bool isLost = false)
    {
        lock (_lock)
        {
            var log = _logs.GetOrAdd(tenant, _ => []);
            var now = DateTimeOffset.UtcNow.ToTimestamp();
            var batch = new ChangeBatch { Cursor = log.Count + 1, Time = now, Changes = { new Change { Resource = resource, Id = id?.ToString() ?? "", Kind = kind, Time = now, UserId = user } } };
            log.Add(batch);
            if (!isLost)
                Tell(new WatchChangesResponse { TenantId = tenant.ToString(), Batch = batch });
            return batch.Cursor;
        }
    }

    public void Tell(WatchChangesResponse told)
    {
        foreach (var watcher in Watchers.Keys)
            watcher.Writer.TryWrite(told);
    }

    public static string UserOf(ServerCallContext context) => new JwtSecurityTokenHandler().ReadJwtToken(context.RequestHeaders.GetValue("authorization")!["Bearer ".Length..]).Subject;

    public ListChangesResponse List(Guid tenant, long after)
    {
        lock (_lock)
        {
            var log = _logs.GetOrAdd(tenant, _ => []);
            return new ListChangesResponse { Batches = { log.Where(batch => batch.Cursor > after) }, Cursor = log.Count };
        }
    }
}

internal sealed class FakeLiveService(FakeLive live) : LiveService.LiveServiceBase
{
    public override async Task WatchChanges(WatchChangesRequest request, IServerStreamWriter<WatchChangesResponse> responseStream, ServerCallContext context)
    {
        var mine = Channel.CreateUnbounded<WatchChangesResponse>();
        live.Watchers[mine] = true;
        await responseStream.WriteAsync(new WatchChangesResponse(), context.CancellationToken);
        try
        {
            await foreach (var told in mine.Reader.ReadAllAsync(context.CancellationToken))
                await responseStream.WriteAsync(told, context.CancellationToken);
        }
        finally
        {
            live.Watchers.TryRemove(mine, out _);
        }
    }

    public override Task<ListChangesResponse> ListChanges(ListChangesRequest request, ServerCallContext context) => Task.FromResult(live.List(TenantOf(context), request.AfterCursor));

    public override Task<TellPresenceResponse> TellPresence(TellPresenceRequest request, ServerCallContext context)
    {
        foreach (var presence in request.Presences)
            live.Tell(new WatchChangesResponse { TenantId = TenantOf(context).ToString(), Presence = presence });
        return Task.FromResult(new TellPresenceResponse());
    }

    private static Guid TenantOf(ServerCallContext context) => Guid.Parse(context.RequestHeaders.GetValue("x-tenant-id")!);
}

internal sealed class FakeVisibility(FakeLive live) : VisibilityService.VisibilityServiceBase
{
    public override Task<FilterVisibleResponse> FilterVisible(FilterVisibleRequest request, ServerCallContext context)
    {
        var user = FakeLive.UserOf(context);
        if (live.Hidden.ContainsKey(user))
            throw new RpcException(new Status(StatusCode.PermissionDenied, "no member"));
        var seen = request.Records.Where(records => !live.Hidden.ContainsKey($"{user} {records.Resource}"))
            .Select(records => new RecordIds { Resource = records.Resource, Ids = { records.Ids.Where(id => !live.Hidden.ContainsKey($"{user} {id}")) } });
        return Task.FromResult(new FilterVisibleResponse { Records = { seen } });
    }
}

internal sealed class FakePipelines(FakeLive live) : PipelinesService.PipelinesServiceBase
{
    public override Task<Pipeline> GetPipeline(GetPipelineRequest request, ServerCallContext context) => live.Hidden.ContainsKey($"{FakeLive.UserOf(context)} {request.Id}")
        ? throw new RpcException(new Status(StatusCode.NotFound, "no such pipeline"))
        : Task.FromResult(new Pipeline { Id = request.Id });
}
