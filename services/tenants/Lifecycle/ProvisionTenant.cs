using System.Text.RegularExpressions;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;
using Platform.Tenants.Members;
using Platform.Tenants.Newcomers;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Lifecycle;

internal static partial class ProvisionTenant
{
    public sealed class Validator : AbstractValidator<V1.ProvisionTenantRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Tenant).NotNull().WithMessage("Send the tenant.").SetValidator(new TenantValidator());
            RuleFor(request => request.Tenant.Slug).Matches(Slug()).WithMessage("Use 3 to 40 lower-case letters, digits and inner hyphens.").When(request => request.Tenant is not null);
            RuleFor(request => request.Administrator).NotNull().WithMessage("Send the administrator.").SetValidator(new MemberValidator());
        }
    }

    /// <summary>Adds the company once: who comes again gets what is there.</summary>
    public static Task<Result<V1.Tenant>> Handle(
        V1.ProvisionTenantRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, () => ProvisionAsync(request, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.Tenant>> ProvisionAsync(V1.ProvisionTenantRequest request, TenantsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Tenants.SingleOrDefaultAsync(cancellationToken) is { } known)
            return known.IsPurged ? TenantErrors.Purged : known.ToMessage();
        if (ModuleRules.Check(request.Tenant.Modules, "tenant.modules") is { } unknown)
            return unknown;
        if (await db.CheckNewcomerRoleAsync(request.Tenant.NewcomerRole, cancellationToken) is { } refused)
            return refused;
        if (await db.CheckRolesAsync(request.Administrator.Roles, cancellationToken) is { } noRole)
            return noRole;
        var tenant = Tenant.Create(db.Caller.RequiredTenantId, request.Tenant, now);
        var administrator = Member.Create(request.Administrator, now);
        db.Add(tenant);
        db.Add(administrator);
        db.Publish(tenant.Id, new V1.TenantCreated { Tenant = tenant.ToMessage() });
        db.Publish(administrator.Id, administrator.ToEvent());
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : tenant.ToMessage();
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$")]
    private static partial Regex Slug();
}
