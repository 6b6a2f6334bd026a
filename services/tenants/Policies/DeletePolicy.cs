using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;

namespace Platform.Tenants.Policies;

internal static class DeletePolicy
{
    public static Task<Result<Empty>> Handle(V1.DeletePolicyRequest request, TenantsDbContext db, AccessDirectory directory, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, () => RemoveAsync(request, db, cancellationToken), cancellationToken);

    private static async Task<Result<Empty>> RemoveAsync(V1.DeletePolicyRequest request, TenantsDbContext db, CancellationToken cancellationToken)
    {
        if (await db.LoadPolicyAsync(request.Id, cancellationToken) is not { } policy)
            return PolicyErrors.NotFound(request.Id);
        if (!policy.Matches(request.Etag))
            return Error.Stale("policy");
        db.Policies.Remove(policy);
        if (await db.TrySaveChangesAsync(cancellationToken) is { } error)
            return error;
        // One that allowed may have been all that stood between the administrators and one that denies.
        return await db.CheckAdministratorsAsync(policy.Resource, cancellationToken) is { } refusal ? refusal : new Empty();
    }
}
