using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Tenants.Teams;

/// <summary>The RPC table of teams.</summary>
internal sealed class TeamsService(TenantsDbContext db, AccessDirectory directory, TimeProvider time) : V1.TeamsService.TeamsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListTeamsResponse> ListTeams(V1.ListTeamsRequest request, ServerCallContext context) =>
        Teams.ListTeams.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Team> GetTeam(V1.GetTeamRequest request, ServerCallContext context) =>
        Teams.GetTeam.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.Team> CreateTeam(V1.CreateTeamRequest request, ServerCallContext context) =>
        Teams.CreateTeam.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.Team> UpdateTeam(V1.UpdateTeamRequest request, ServerCallContext context) =>
        Teams.UpdateTeam.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<Empty> DeleteTeam(V1.DeleteTeamRequest request, ServerCallContext context) =>
        Teams.DeleteTeam.Handle(request, db, directory, context.CancellationToken).Reply();
}
