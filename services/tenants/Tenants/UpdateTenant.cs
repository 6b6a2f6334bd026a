using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.ExchangeRates;
using Platform.Tenants.Newcomers;
using Platform.Validation;

namespace Platform.Tenants.Tenants;

internal static class UpdateTenant
{
    public sealed class Validator : AbstractValidator<V1.UpdateTenantRequest>
    {
        public Validator() => RuleFor(request => request.Tenant).NotNull().WithMessage("Send the tenant.");
    }

    public static Task<Result<V1.Tenant>> Handle(V1.UpdateTenantRequest request, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => UpdateAsync(request, db, time, cancellationToken), cancellationToken);

    private static async Task<Result<V1.Tenant>> UpdateAsync(V1.UpdateTenantRequest request, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.Tenants.SingleOrDefaultAsync(cancellationToken) is not { } tenant)
            return TenantErrors.NotFound;
        if (!tenant.Matches(request.Tenant.Etag))
            return Error.Stale("tenant");
        var merged = Masks.Merge(tenant.ToMessage(), request.Tenant, request.UpdateMask).Validate(new TenantValidator(), "tenant");
        if (merged.IsError)
            return merged.Error;
        if (merged.Value.Slug != tenant.Slug)
            return TenantErrors.FixedSlug;
        if (merged.Value.NewcomerRole != tenant.NewcomerRole && await db.CheckNewcomerRoleAsync(merged.Value.NewcomerRole, cancellationToken) is { } refused)
            return refused;
        // What amounts are converted into is another currency now.
        if (merged.Value.Currency != tenant.Currency)
            await db.BeginRateChangeAsync(cancellationToken);
        tenant.Update(merged.Value, time.GetUtcNow());
        db.Publish(tenant.Id, new V1.TenantUpdated { Tenant = tenant.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : tenant.ToMessage();
    }
}
