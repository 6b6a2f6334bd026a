using System.Collections.Concurrent;
using Grpc.Core;
using Platform.Tenants.V1;

namespace Deals.Tests;

/// <summary>Stands for the tenants service: the teams of companies, which have none unless told so.</summary>
public sealed class TeamsStandIn
{
    private readonly ConcurrentDictionary<Guid, IReadOnlyList<Team>> _teams = new();

    public void Set(Guid tenant, params Team[] teams) => _teams[tenant] = teams;

    public TeamsService.TeamsServiceClient For(Guid tenant) => new Client(_teams.GetValueOrDefault(tenant, []));

    private sealed class Client(IReadOnlyList<Team> teams) : TeamsService.TeamsServiceClient
    {
        public override AsyncUnaryCall<ListTeamsResponse> ListTeamsAsync(ListTeamsRequest request, CallOptions options) =>
            new(Task.FromResult(new ListTeamsResponse { Teams = { teams } }), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }
}
