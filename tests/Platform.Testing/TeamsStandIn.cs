using System.Collections.Concurrent;
using Grpc.Core;
using Platform.Tenants.V1;

namespace Platform.Testing;

/// <summary>Stands for the tenants service: the teams of companies, a page each.</summary>
/// <param name="isAway">Whether it cannot be asked about companies of which nothing is set; else they have no teams.</param>
public sealed class TeamsStandIn(bool isAway = false)
{
    private readonly ConcurrentDictionary<Guid, IReadOnlyList<Team>> _teams = new();

    /// <summary>What teams a company has.</summary>
    public void Set(Guid tenant, params Team[] teams) => _teams[tenant] = teams;

    /// <summary>What a caller of that company asks.</summary>
    public TeamsService.TeamsServiceClient For(Guid tenant) => new Client(_teams.GetValueOrDefault(tenant) ?? (isAway ? null : []));

    private sealed class Client(IReadOnlyList<Team>? teams) : TeamsService.TeamsServiceClient
    {
        public override AsyncUnaryCall<ListTeamsResponse> ListTeamsAsync(ListTeamsRequest request, CallOptions options)
        {
            var status = teams is null ? new Status(StatusCode.Unavailable, "away") : Status.DefaultSuccess;
            var at = request.PageToken.Length == 0 ? 0 : int.Parse(request.PageToken, System.Globalization.CultureInfo.InvariantCulture);
            var answer = teams is null
                ? Task.FromException<ListTeamsResponse>(new RpcException(status))
                : Task.FromResult(new ListTeamsResponse { Teams = { teams.Skip(at).Take(1) }, NextPageToken = at + 1 < teams.Count ? $"{at + 1}" : "" });
            return new(answer, Task.FromResult(new Metadata()), () => status, () => [], () => { });
        }
    }
}
