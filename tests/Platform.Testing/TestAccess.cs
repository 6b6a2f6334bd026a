using System.Collections.Concurrent;

namespace Platform.Testing;

/// <summary>Roles, teams and policies of people, as a test wants the tenants service to tell them. Set before the person's first call.</summary>
public sealed class TestAccess
{
    private readonly ConcurrentDictionary<(Guid Tenant, string User), Tenants.V1.Access> _known = new();
    private readonly ConcurrentDictionary<(Guid Tenant, string User), Tenants.V1.Access> _seen = new();

    /// <summary>Says what a person may do.</summary>
    public void Set(Guid tenant, Tenants.V1.Access access)
    {
        access.TenantId = tenant.ToString();
        _known[(tenant, access.UserId)] = access;
    }

    /// <summary>What the person's last token said, where the platform asks on behalf of the person and has none.</summary>
    internal Tenants.V1.Access Seen(Tenants.V1.Access access, bool isTold) => isTold
        ? _seen[(Guid.Parse(access.TenantId), access.UserId)] = access
        : _seen.GetValueOrDefault((Guid.Parse(access.TenantId), access.UserId), access);

    internal Tenants.V1.Access? Find(Guid tenant, string user) => _known.GetValueOrDefault((tenant, user));
}
