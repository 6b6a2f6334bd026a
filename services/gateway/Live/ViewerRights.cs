using Grpc.Core;
using Platform.Gateway.Sessions.Requests;
using Platform.Invocation;
using Platform.Tenants.V1;

namespace Platform.Gateway.Live;

/// <summary>
/// What somebody who is connected may see: the owners of the records are asked with that person's own token, as search asks them, so that
/// roles, policies and shares decide here as they do in every list.
/// </summary>
internal sealed class ViewerRights(SidecarChannel sidecar, TimeProvider time, AccessTokens? tokens = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ListsLive = TimeSpan.FromSeconds(1);

    /// <summary>Whether the room may be entered, or stayed in.</summary>
    public async Task<Sight> MaySeeAsync(Viewer viewer, Room room) =>
        await AskAsync(viewer, room.Resource, room.Id is { } id ? [id] : []) is not { } seen ? Sight.Unknown
        : !seen.IsReadable ? Sight.No
        : room.Id is { } record && !seen.Ids.Contains(record) ? Sight.No : Sight.Yes;

    /// <summary>Whether a list of the kind may be told of; what was asked a second ago is good enough.</summary>
    public async Task<bool> MayListAsync(Viewer viewer, string resource)
    {
        if (viewer.Lists.TryGetValue(resource, out var known) && time.GetElapsedTime(known.AskedAt) < ListsLive)
            return known.Allowed;
        var askedAt = time.GetTimestamp();
        // While nobody can tell, the kind may be named to whoever was let in: what is in it is asked for with rights of its own.
        var allowed = await AskAsync(viewer, resource, []) is not { } seen || seen.IsReadable;
        viewer.Lists[resource] = (askedAt, allowed);
        return allowed;
    }

    /// <summary>Which of the records may be seen; null where nobody can tell.</summary>
    public async Task<Seen?> AskAsync(Viewer viewer, string resource, IReadOnlyCollection<Guid> ids)
    {
        var request = new FilterVisibleRequest { Records = { new RecordIds { Resource = resource, Ids = { ids.Select(id => id.ToString()) } } } };
        var (answer, isRefused) = await CallAsync(viewer, OwnerOf(resource), request);
        return isRefused ? Seen.Nothing
            : answer is null ? null
            : new Seen(answer.Records.Count > 0, answer.Records.SelectMany(records => records.Ids).Select(Guid.Parse).ToHashSet());
    }

    /// <summary>Whether the company lets the viewer in at all: the service that knows is asked. While nobody can tell, yes.</summary>
    public async Task<bool> IsMemberAsync(Viewer viewer) => !(await CallAsync(viewer, DaprNames.Tenants, new FilterVisibleRequest())).IsRefused;

    private async Task<(FilterVisibleResponse? Answer, bool IsRefused)> CallAsync(Viewer viewer, string owner, FilterVisibleRequest request)
    {
        try
        {
            if (await TokenOfAsync(viewer) is not { } token)
                return (null, false);
            var headers = new Metadata { { "dapr-app-id", owner }, { "authorization", $"Bearer {token}" } };
            var client = new VisibilityService.VisibilityServiceClient(sidecar.Invoker);
            return (await client.FilterVisibleAsync(request, headers, time.GetUtcNow().UtcDateTime + Patience, viewer.Gone), false);
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.PermissionDenied or StatusCode.Unauthenticated or StatusCode.FailedPrecondition)
        {
            return (null, true);
        }
        catch (RpcException)
        {
            return (null, false);
        }
    }

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
    Unknown,
    No,
    Yes,
}
