using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.Newcomers;

namespace Platform.Tenants;

/// <summary>The RPC table of tenants, their members and roles.</summary>
internal sealed class TenantsService(TenantsDbContext db, Caller caller, AccessDirectory directory, NewcomerDoor door, TimeProvider time) : V1.TenantsService.TenantsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.Tenant> GetTenant(V1.GetTenantRequest request, ServerCallContext context) =>
        Tenants.GetTenant.Handle(db, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.Tenant> UpdateTenant(V1.UpdateTenantRequest request, ServerCallContext context) =>
        Tenants.UpdateTenant.Handle(request, db, time, context.CancellationToken).Reply();

    [AnyMember(EvenSuspended = true)]
    public override Task<V1.Access> GetAccess(V1.GetAccessRequest request, ServerCallContext context) =>
        Access.GetAccess.Handle(request, db, caller, door, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ListMembersResponse> ListMembers(V1.ListMembersRequest request, ServerCallContext context) =>
        Members.ListMembers.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.Member> CreateMember(V1.CreateMemberRequest request, ServerCallContext context) =>
        Members.CreateMember.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.Member> UpdateMember(V1.UpdateMemberRequest request, ServerCallContext context) =>
        Members.UpdateMember.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<Empty> DeleteMember(V1.DeleteMemberRequest request, ServerCallContext context) =>
        Members.DeleteMember.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ListRolesResponse> ListRoles(V1.ListRolesRequest request, ServerCallContext context) =>
        Roles.ListRoles.Handle(db, context.CancellationToken).Reply();
}
