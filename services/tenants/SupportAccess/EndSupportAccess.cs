using Platform.Access;
using Platform.Errors;

namespace Platform.Tenants.SupportAccess;

internal static class EndSupportAccess
{
    public static Task<Result<V1.SupportGrant>> Handle(
        V1.EndSupportAccessRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeGrantAsync(directory, time, request.Id, (grant, now) => Task.FromResult(End(grant, now, db.Caller.Subject, request.Id)), cancellationToken);

    private static Error? End(SupportGrant grant, DateTimeOffset now, string subject, string id)
    {
        if (grant.SupportUserId.ToString() != subject)
            return SupportRules.NotFound(id);
        grant.End(now);
        return null;
    }
}
