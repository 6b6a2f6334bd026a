using FluentValidation;
using Platform.Access;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Tenants.Lifecycle;

internal static class SuspendTenant
{
    public sealed class Validator : AbstractValidator<V1.SuspendTenantRequest>
    {
        public Validator() => RuleFor(request => request.Reason).NotEmpty().WithMessage("Say why.").Text(500);
    }

    public static Task<Result<V1.Tenant>> Handle(V1.SuspendTenantRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeTenantAsync(directory, tenant =>
        {
            tenant.Suspend(request.Reason, time.GetUtcNow());
            return Task.FromResult<Error?>(null);
        }, cancellationToken);
}
