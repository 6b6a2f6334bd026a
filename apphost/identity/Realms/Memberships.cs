using System.Collections.Concurrent;

namespace Platform.Identity.Realms;

/// <summary>Who belongs to which organization, by ids, readable from both sides.</summary>
internal sealed class Memberships
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, string>> _byOrganization = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, string>> _byUser = new(StringComparer.Ordinal);

    /// <param name="type">Keycloak's <c>MANAGED</c> or <c>UNMANAGED</c>.</param>
    public void Add(string organizationId, string userId, string type)
    {
        _byOrganization.GetOrAdd(organizationId, _ => new(StringComparer.Ordinal))[userId] = type;
        _byUser.GetOrAdd(userId, _ => new(StringComparer.Ordinal))[organizationId] = type;
    }

    public void Remove(string organizationId, string userId)
    {
        if (_byOrganization.TryGetValue(organizationId, out var members)) members.TryRemove(userId, out _);
        if (_byUser.TryGetValue(userId, out var organizations)) organizations.TryRemove(organizationId, out _);
    }

    public IEnumerable<string> OrganizationsOf(string userId) => _byUser.TryGetValue(userId, out var organizations) ? organizations.Keys : [];

    public IEnumerable<string> MembersOf(string organizationId) => _byOrganization.TryGetValue(organizationId, out var members) ? members.Keys : [];

    public string? TypeOf(string organizationId, string userId) =>
        _byOrganization.TryGetValue(organizationId, out var members) ? members.GetValueOrDefault(userId) : null;
}
