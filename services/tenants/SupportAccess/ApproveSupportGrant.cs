using Platform.Access;
using Platform.Errors;
using Platform.Tenants.Roles;

namespace Platform.Tenants.SupportAccess;

internal static class ApproveSupportGrant
{
    public static async Task<Result<V1.SupportGrant>> Handle(
        V1.ApproveSupportGrantRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken)
    {
        var decider = SupportRules.Decider(db.Caller);
        if (decider.IsError)
            return decider.Error;
        var role = request.Role.Length == 0 ? BuiltInRoles.Viewer : request.Role;
        return await db.ChangeGrantAsync(directory, time, request.Id, async (grant, now) =>
        {
            if (grant.State != V1.SupportGrantState.Requested)
                return SupportRules.Closed;
            if (await db.CheckRoleAsync(role, cancellationToken) is { } refused)
                return refused;
            grant.Approve(decider.Value.Value, role, now);
            db.SupportExpiries.Add(new SupportExpiry { GrantId = grant.Id, DueTime = grant.ExpireTime!.Value });
            return null;
        }, cancellationToken);
    }
}
