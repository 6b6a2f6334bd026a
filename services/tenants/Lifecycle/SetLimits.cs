using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Shares;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Lifecycle;

internal static class SetLimits
{
    public sealed class Validator : AbstractValidator<V1.SetLimitsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Members).GreaterThanOrEqualTo(0).WithMessage("Use a number of members, or 0 for no limit.");
            RuleFor(request => request.ApiKeys).GreaterThanOrEqualTo(0).WithMessage("Use a number of keys, or 0 for no limit.");
        }
    }

    // Somebody else is setting the company's first limit this moment.
    private static readonly UniqueViolation Together = new(LimitShare.PrimaryKey, Error.Stale("tenant"));

    public static async Task<Result<V1.Usage>> Handle(V1.SetLimitsRequest request, TenantsDbContext db, ServiceUsage services, ShareLedger shares, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.Tenants.SingleOrDefaultAsync(cancellationToken) is not { } tenant)
            return TenantErrors.NotFound;
        var limits = request.Limits ?? new V1.Limits();
        if (LimitRules.Check(limits) is { } wrong)
            return wrong;
        var before = tenant.Limits;
        tenant.Limit(request.Members, request.ApiKeys, limits, time.GetUtcNow());
        db.Publish(tenant.Id, new V1.TenantLimitsChanged { Limits = limits, SetTime = tenant.UpdateTime.ToTimestamp() });
        await shares.SetAsync(before, limits, tenant.UpdateTime, cancellationToken);
        return await db.TrySaveChangesAsync(cancellationToken, Together) is { } error ? error : await services.AddAsync(await db.UsageAsync(tenant, cancellationToken), tenant.Limits, cancellationToken);
    }
}
