using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenants.Roles;

namespace Platform.Tenants.Members;

/// <summary>What holds for all members of a tenant together.</summary>
internal static class MemberRules
{
    /// <summary>The first role that does not exist, as an error.</summary>
    public static Error? CheckRoles(IEnumerable<string> roles) =>
        roles.Index().FirstOrDefault(role => BuiltInRoles.Find(role.Item) is null) is { Item: { } unknown } found ? MemberErrors.UnknownRole(found.Index, unknown) : null;

    /// <summary>
    /// Holds the tenant's members until the transaction ends: two administrators who remove each other at the same moment would
    /// otherwise both succeed.
    /// </summary>
    public static Task LockMembersAsync(this TenantsDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT FROM tenants WHERE id = {db.Caller.RequiredTenantId} FOR UPDATE", cancellationToken);

    /// <summary>Whether somebody else could still administer the tenant.</summary>
    public static Task<bool> HasOtherAdministratorAsync(this TenantsDbContext db, Member member, CancellationToken cancellationToken) =>
        db.Members.AnyAsync(other => other.Id != member.Id && other.Roles.Contains(BuiltInRoles.Administrator), cancellationToken);
}
