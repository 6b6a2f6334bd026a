using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Tenants.Roles;

/// <summary>The RPC table of a company's own roles.</summary>
internal sealed class RolesService(TenantsDbContext db, AccessDirectory directory, TimeProvider time) : V1.RolesService.RolesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListPermissionsResponse> ListPermissions(V1.ListPermissionsRequest request, ServerCallContext context) =>
        Roles.ListPermissions.Handle().Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.Role> CreateRole(V1.CreateRoleRequest request, ServerCallContext context) =>
        Roles.CreateRole.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.Role> UpdateRole(V1.UpdateRoleRequest request, ServerCallContext context) =>
        Roles.UpdateRole.Handle(request, db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<Empty> DeleteRole(V1.DeleteRoleRequest request, ServerCallContext context) =>
        Roles.DeleteRole.Handle(request, db, directory, context.CancellationToken).Reply();
}
