using Platform.Errors;

namespace Platform.Tenants.Policies;

internal static class GetPolicy
{
    public static async Task<Result<V1.Policy>> Handle(V1.GetPolicyRequest request, TenantsDbContext db, CancellationToken cancellationToken) =>
        await db.LoadPolicyAsync(request.Id, cancellationToken) is { } policy ? policy.ToMessage() : PolicyErrors.NotFound(request.Id);
}
