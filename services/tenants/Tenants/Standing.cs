using Microsoft.EntityFrameworkCore;
using Platform.Tenants.Roles;
using Platform.Tenants.V1;

namespace Platform.Tenants.Tenants;

/// <summary>What the standing of a company leaves of permissions.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Modules">What it may use.</param>
internal sealed record Standing(TenantState State, IReadOnlyList<string> Modules)
{
    /// <summary>A suspended company has none; one that is to be deleted may read, and take it back; modules that it has not grant nothing.</summary>
    public IEnumerable<string> Narrow(IEnumerable<string> permissions, bool isAdministrator) => State switch
    {
        TenantState.Active => permissions.Where(IsEntitled),
        TenantState.Deleting when isAdministrator => permissions.Where(IsEntitled).Where(permission => permission.EndsWith(".read", StringComparison.Ordinal) || permission == Permissions.Delete),
        _ => [],
    };

    private bool IsEntitled(string permission) => Modules.Contains(Tenancy.Modules.Of(permission));
}

internal static class Standings
{
    /// <summary>How the scope's company stands; null where it is not on the installation.</summary>
    public static async Task<Standing?> StandingAsync(this TenantsDbContext db, CancellationToken cancellationToken) =>
        await db.Tenants.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } tenant ? new Standing(tenant.State, Entitled(tenant.Modules)) : null;

    // What every company has may be newer than what was written down of this one.
    private static List<string> Entitled(List<string> modules) => modules.Count == 0 ? modules : [.. modules.Union(Tenancy.Modules.Always).Order(StringComparer.Ordinal)];

    /// <summary>The answer with what the standing leaves of it.</summary>
    public static V1.Access Narrowed(this V1.Access access, Standing? standing)
    {
        if (standing is null)
            return access;
        var left = standing.Narrow(access.Permissions, access.Roles.Contains(BuiltInRoles.Administrator)).ToList();
        access.Permissions.Clear();
        access.Permissions.Add(left);
        access.TenantState = standing.State;
        access.Modules.Add(standing.Modules);
        return access;
    }
}
