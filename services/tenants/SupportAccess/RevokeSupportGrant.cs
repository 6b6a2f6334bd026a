using Platform.Access;
using Platform.Errors;

namespace Platform.Tenants.SupportAccess;

internal static class RevokeSupportGrant
{
    public static async Task<Result<V1.SupportGrant>> Handle(
        V1.RevokeSupportGrantRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken)
    {
        var decider = SupportRules.Decider(db.Caller);
        return decider.IsError
            ? decider.Error
            : await db.ChangeGrantAsync(directory, time, request.Id, (grant, now) => Task.FromResult(Revoke(grant, decider.Value.Value, now)), cancellationToken);
    }

    private static Error? Revoke(SupportGrant grant, Guid decider, DateTimeOffset now)
    {
        if (grant.State != V1.SupportGrantState.Granted)
            return SupportRules.Closed;
        grant.Revoke(decider, now);
        return null;
    }
}
