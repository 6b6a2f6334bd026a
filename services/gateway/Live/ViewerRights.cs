using Grpc.Core;
using Platform.Gateway.Sessions.Requests;
using Platform.Invocation;
using Platform.Pipelines.V1;
using Platform.Tenants.V1;

namespace Platform.Gateway.Live;

/// <summary>
/// What somebody who is connected may see: the owners of the records are asked with that person's own token, as search asks them, so that
/// roles, policies and shares decide here as they do in every list; whether a pipeline is there for that person, the pipelines service.
/// </summary>
internal sealed class ViewerRights(SidecarChannel sidecar, TimeProvider time, AccessTokens? tokens = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ListsLive = TimeSpan.FromSeconds(1);

    /// <summary>Whether the room may be entered, or stayed in.</summary>
    public async Task<Sight> MaySeeAsync(Viewer viewer, Room room) =>
        await AskAsync(viewer, room.Resource, room.Id is { } id ? [id] : []) is not { } seen ? Sight.Unknown
        : room.Id is { } record ? seen.Ids.Contains(record) ? Sight.Yes : Sight.Hidden
        : !seen.IsReadable ? Sight.No
        : room.Pipeline is { } pipeline ? await MaySeePipelineAsync(viewer, pipeline) : Sight.Yes;

    /// <summary>Whether the list or the board may be told of; what was asked a second ago is good enough.</summary>
    public async Task<bool> MayListAsync(Viewer viewer, Room list)
    {
        if (viewer.Lists.TryGetValue(list.Name, out var known) && time.GetElapsedTime(known.AskedAt) < ListsLive)
            return known.Allowed;
        var askedAt = time.GetTimestamp();
        // While nobody can tell, the kind may be named to whoever was let in: what is in it is asked for with rights of its own.
        var allowed = await MaySeeAsync(viewer, list) is Sight.Yes or Sight.Unknown;
        viewer.Lists[list.Name] = (askedAt, allowed);
        return allowed;
    }

    /// <summary>Which of the records may be seen; null where nobody can tell.</summary>
    public async Task<Seen?> AskAsync(Viewer viewer, string resource, IReadOnlyCollection<Guid> ids)
    {
        var request = new FilterVisibleRequest { Records = { new RecordIds { Resource = resource, Ids = { ids.Select(id => id.ToString()) } } } };
        var (answer, status) = await FilterAsync(viewer, OwnerOf(resource), request);
        return IsRefused(status) ? Seen.Nothing
            : answer is null ? null
            : new Seen(answer.Records.Count > 0, answer.Records.SelectMany(records => records.Ids).Select(Guid.Parse).ToHashSet());
    }

    /// <summary>Whether the company lets the viewer in at all: the service that knows is asked. While nobody can tell, yes.</summary>
    public async Task<bool> IsMemberAsync(Viewer viewer) => !IsRefused((await FilterAsync(viewer, DaprNames.Tenants, new FilterVisibleRequest())).Status);

    // A pipeline of other teams is not there.
    private async Task<Sight> MaySeePipelineAsync(Viewer viewer, Guid pipeline)
    {
        var (_, status) = await CallAsync(viewer, DaprNames.Pipelines, (invoker, options) =>
            new PipelinesService.PipelinesServiceClient(invoker).GetPipelineAsync(new GetPipelineRequest { Id = pipeline.ToString() }, options));
        return status == StatusCode.OK ? Sight.Yes : status == StatusCode.NotFound || IsRefused(status) ? Sight.Hidden : Sight.Unknown;
    }

    private Task<(FilterVisibleResponse? Answer, StatusCode Status)> FilterAsync(Viewer viewer, string owner, FilterVisibleRequest request) =>
        CallAsync(viewer, owner, (invoker, options) => new VisibilityService.VisibilityServiceClient(invoker).FilterVisibleAsync(request, options));

    private async Task<(T? Answer, StatusCode Status)> CallAsync<T>(Viewer viewer, string owner, Func<CallInvoker, CallOptions, AsyncUnaryCall<T>> call)
        where T : class
    {
        try
        {
            if (await TokenOfAsync(viewer) is not { } token)
                return (null, StatusCode.Unavailable);
            var headers = new Metadata { { "dapr-app-id", owner }, { "authorization", $"Bearer {token}" } };
            return (await call(sidecar.Invoker, new CallOptions(headers, time.GetUtcNow().UtcDateTime + Patience, viewer.Gone)), StatusCode.OK);
        }
        catch (RpcException failure)
        {
            return (null, failure.StatusCode);
        }
    }

    private static bool IsRefused(StatusCode status) => status is StatusCode.PermissionDenied or StatusCode.Unauthenticated or StatusCode.FailedPrecondition;

    // A session's token is renewed before it expires; null where the session has ended, which its guard finds too.
    private async ValueTask<string?> TokenOfAsync(Viewer viewer) =>
        viewer is { SessionKey: { } key, Session: { } session } && tokens is not null
            ? await tokens.GetAsync(key, session) is TokenOutcome.Valid valid ? valid.Token : null
            : viewer.Bearer;

    private static string OwnerOf(string resource) => resource[..resource.IndexOf('.', StringComparison.Ordinal)];
}

/// <summary>What the owner of records answers of some.</summary>
/// <param name="IsReadable">Whether the caller may read any of the kind.</param>
/// <param name="Ids">Those that may be seen.</param>
internal sealed record Seen(bool IsReadable, IReadOnlySet<Guid> Ids)
{
    public static readonly Seen Nothing = new(false, new HashSet<Guid>());
}

/// <summary>Whether a room may be entered.</summary>
internal enum Sight
{
    /// <summary>Nobody can tell right now.</summary>
    Unknown,

    /// <summary>Nothing of the kind may be read.</summary>
    No,

    /// <summary>The record or the pipeline is not there, or not for the caller.</summary>
    Hidden,

    Yes,
}
