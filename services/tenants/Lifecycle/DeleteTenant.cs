using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;
using Platform.Tenants.Tenants;
using Platform.Validation;

namespace Platform.Tenants.Lifecycle;

internal static class DeleteTenant
{
    public sealed class Validator : AbstractValidator<V1.DeleteTenantRequest>
    {
        public Validator() => RuleFor(request => request.Reason).Text(500);
    }

    public static Task<Result<V1.Tenant>> Handle(
        V1.DeleteTenantRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, LifecycleOptions options, CancellationToken cancellationToken) =>
        db.ChangeTenantAsync(directory, tenant => DeleteAsync(tenant, request, db, time.GetUtcNow(), options.GracePeriod, cancellationToken), cancellationToken);

    private static async Task<Error?> DeleteAsync(
        Tenant tenant, V1.DeleteTenantRequest request, TenantsDbContext db, DateTimeOffset now, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (request.Slug != tenant.Slug)
            return TenantErrors.ConfirmationNeeded;
        // Who asks again does not get more time.
        if (tenant.PurgeTime is not null)
            return null;
        tenant.DeleteAt(now + grace, request.Reason, now);
        if (await db.Purges.SingleOrDefaultAsync(cancellationToken) is { } known)
            known.DueTime = now + grace;
        else
            db.Purges.Add(new TenantPurge { DueTime = now + grace });
        return null;
    }
}
