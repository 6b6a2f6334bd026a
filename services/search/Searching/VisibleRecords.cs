using Grpc.Core;
using Platform.Invocation;
using Platform.Search.Index;
using Platform.Tenants.V1;

namespace Platform.Search.Searching;

/// <summary>Asks the owners of records, with the caller's own token, which of them the caller may read.</summary>
internal sealed class VisibleRecords(IServiceProvider services)
{
    /// <summary>The services whose records are searched.</summary>
    public static readonly IReadOnlyList<string> Owners = [DaprNames.Contacts, DaprNames.Deals, DaprNames.Finance, DaprNames.Records];

    /// <summary>The readable ones in their order; types whose owner does not answer are named, and nothing of them is readable.</summary>
    public async Task<(IReadOnlyList<Candidate> Readable, IReadOnlyList<string> Unavailable)> FilterAsync(IReadOnlyList<Candidate> found, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(found.GroupBy(candidate => OwnerOf(candidate.Type)).Select(group => AskAsync(group.Key, [.. group], cancellationToken)));
        var visible = answers.SelectMany(answer => answer.Visible).ToHashSet();
        return ([.. found.Where(candidate => visible.Contains((candidate.Type, candidate.Id)))], [.. answers.SelectMany(answer => answer.Unavailable)]);
    }

    private async Task<(IEnumerable<(string Type, Guid Id)> Visible, IEnumerable<string> Unavailable)> AskAsync(
        string owner, IReadOnlyCollection<Candidate> found, CancellationToken cancellationToken)
    {
        var request = new FilterVisibleRequest();
        foreach (var group in found.GroupBy(candidate => candidate.Type))
            request.Records.Add(new RecordIds { Resource = group.Key, Ids = { group.Select(candidate => candidate.Id.ToString()) } });
        try
        {
            var client = services.GetRequiredKeyedService<VisibilityService.VisibilityServiceClient>(owner);
            var answer = await client.FilterVisibleAsync(request, cancellationToken: cancellationToken);
            return (answer.Records.SelectMany(records => records.Ids.Select(id => (records.Resource, Guid.Parse(id)))), []);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.PermissionDenied)
        {
            return ([], request.Records.Select(records => records.Resource));
        }
    }

    private static string OwnerOf(string type) => type[..type.IndexOf('.', StringComparison.Ordinal)];
}
