using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Platform.Access;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Tenants.Invitations;

/// <summary>The RPC table of invitations.</summary>
internal sealed class InvitationsService(TenantsDbContext db, Caller caller, IdentityInvites identity, IOptions<InvitationOptions> options, TimeProvider time) : V1.InvitationsService.InvitationsServiceBase
{
    [Permission(Permissions.Admin)]
    public override Task<V1.ListInvitationsResponse> ListInvitations(V1.ListInvitationsRequest request, ServerCallContext context) =>
        Invitations.ListInvitations.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.Invitation> CreateInvitation(V1.CreateInvitationRequest request, ServerCallContext context) =>
        Invitations.CreateInvitation.Handle(request, db, caller, identity, options.Value, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.Invitation> ResendInvitation(V1.ResendInvitationRequest request, ServerCallContext context) =>
        Invitations.ResendInvitation.Handle(request, db, identity, options.Value, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<Empty> DeleteInvitation(V1.DeleteInvitationRequest request, ServerCallContext context) =>
        Invitations.DeleteInvitation.Handle(request, db, identity, context.CancellationToken).Reply();
}
