using Grpc.Core;
using Platform.Invocation;
using Platform.Search.Index;
using Platform.Tenants.V1;

namespace Platform.Search.Searching;

/// <summary>
/// Asks the owners of records, with the caller's own token, which of them the caller may read. One search looks several times: all that
/// it asks has one deadline, and an owner that did not answer is not asked again.
/// </summary>
internal sealed class VisibleRecords(IServiceProvider services, TimeProvider time)
{
    /// <summary>The services whose records are searched.</summary>
    public static readonly IReadOnlyList<string> Owners = [DaprNames.Contacts, DaprNames.Deals, DaprNames.Finance, DaprNames.Inventory, DaprNames.Records];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _away = new(StringComparer.Ordinal);
    private DateTime? _deadline;

    /// <summary>The readable ones in their order; types whose owner does not answer are named, and nothing of them is readable.</summary>
    public async Task<(IReadOnlyList<Candidate> Readable, IReadOnlyList<string> Unavailable)> FilterAsync(IReadOnlyList<Candidate> found, CancellationToken cancellationToken)
    {
        var deadline = _deadline ??= time.GetUtcNow().UtcDateTime + Patience;
        var answers = await Task.WhenAll(found.GroupBy(candidate => OwnerOf(candidate.Type)).Where(group => !_away.Contains(group.Key))
            .Select(group => AskAsync(group.Key, [.. group], deadline, cancellationToken)));
        _away.UnionWith(answers.Where(answer => answer.Visible is null).Select(answer => answer.Owner));
        var visible = answers.SelectMany(answer => answer.Visible ?? []).ToHashSet();
        return ([.. found.Where(candidate => visible.Contains((candidate.Type, candidate.Id)))], [.. found.Select(candidate => candidate.Type).Distinct().Where(type => _away.Contains(OwnerOf(type)))]);
    }

    // Nothing where the owner is away.
    private async Task<(string Owner, IEnumerable<(string Type, Guid Id)>? Visible)> AskAsync(
        string owner, IReadOnlyCollection<Candidate> found, DateTime deadline, CancellationToken cancellationToken)
    {
        var request = new FilterVisibleRequest();
        foreach (var group in found.GroupBy(candidate => candidate.Type))
            request.Records.Add(new RecordIds { Resource = group.Key, Ids = { group.Select(candidate => candidate.Id.ToString()) } });
        try
        {
            var client = services.GetRequiredKeyedService<VisibilityService.VisibilityServiceClient>(owner);
            var answer = await client.FilterVisibleAsync(request, deadline: deadline, cancellationToken: cancellationToken);
            return (owner, answer.Records.SelectMany(records => records.Ids.Select(id => (records.Resource, Guid.Parse(id)))));
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.PermissionDenied)
        {
            return (owner, null);
        }
    }

    private static string OwnerOf(string type) => type[..type.IndexOf('.', StringComparison.Ordinal)];
}
