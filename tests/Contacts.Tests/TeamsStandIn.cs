using System.Collections.Concurrent;
using Grpc.Core;
using Platform.Tenants.V1;

namespace Contacts.Tests;

/// <summary>Stands for the tenants service: the teams of companies, a page each.</summary>
internal sealed class TeamsStandIn
{
    private readonly ConcurrentDictionary<Guid, IReadOnlyList<Team>> _teams = new();

    public void Set(Guid tenant, params Team[] teams) => _teams[tenant] = teams;

    public TeamsService.TeamsServiceClient For(Guid tenant) => new Client(_teams.GetValueOrDefault(tenant));

    private sealed class Client(IReadOnlyList<Team>? teams) : TeamsService.TeamsServiceClient
    {
        public override AsyncUnaryCall<ListTeamsResponse> ListTeamsAsync(ListTeamsRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default)
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
