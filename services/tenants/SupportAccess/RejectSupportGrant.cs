using Platform.Access;
using Platform.Errors;

namespace Platform.Tenants.SupportAccess;

internal static class RejectSupportGrant
{
    public static async Task<Result<V1.SupportGrant>> Handle(
        V1.RejectSupportGrantRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken)
    {
        var decider = SupportRules.Decider(db.Caller);
        return decider.IsError
            ? decider.Error
            : await db.ChangeGrantAsync(directory, time, request.Id, (grant, now) => Task.FromResult(Reject(grant, decider.Value.Value, now)), cancellationToken);
    }

    private static Error? Reject(SupportGrant grant, Guid decider, DateTimeOffset now)
    {
        if (grant.State != V1.SupportGrantState.Requested)
            return SupportRules.Closed;
        grant.Reject(decider, now);
        return null;
    }
}
