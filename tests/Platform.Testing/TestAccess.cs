using System.Collections.Concurrent;

namespace Platform.Testing;

/// <summary>Roles, teams and policies of people, as a test wants the tenants service to tell them. Set before the person's first call.</summary>
public sealed class TestAccess
{
    private readonly ConcurrentDictionary<(Guid Tenant, string User), Tenants.V1.Access> _known = new();

    /// <summary>Says what a person may do.</summary>
    public void Set(Guid tenant, Tenants.V1.Access access)
    {
        access.TenantId = tenant.ToString();
        _known[(tenant, access.UserId)] = access;
    }

    internal Tenants.V1.Access? Find(Guid tenant, string user) => _known.GetValueOrDefault((tenant, user));
}
