using Microsoft.EntityFrameworkCore;
using Platform.Identity.Data;

namespace Platform.Identity.Realms;

/// <summary>One change of the realm at a time: a change is made from what was last kept.</summary>
internal sealed class RealmGate : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    public async Task<T> RunAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await change();
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}

/// <summary>Changes the realm and keeps the change: first the row, then what is asked.</summary>
internal sealed class RealmStore(IdentityDbContext database, Realm realm, RealmRecords records, RealmGate gate)
{
    /// <summary>The person after the change; null when there is none of that id or the change declines by answering null.</summary>
    public Task<RealmUser?> ChangeUserAsync(string id, Func<UserDocument, UserDocument?> change, CancellationToken cancellationToken) =>
        gate.RunAsync(async () =>
        {
            if (realm.FindAnyUser(id) is not { } user || change(user.Profile) is not { } changed) return null;
            await KeepAsync(RecordKinds.User, id, records.Seal(changed), cancellationToken);
            return realm.Put(changed);
        }, cancellationToken);

    /// <summary>Null when somebody has the name or the address already.</summary>
    public Task<RealmUser?> AddUserAsync(UserDocument user, CancellationToken cancellationToken) => gate.RunAsync(async () =>
    {
        if (realm.FindAnyByLogin(user.Username) is not null || (user.Email is { } email && realm.FindAnyByLogin(email) is not null)) return null;
        await KeepAsync(RecordKinds.User, user.Id, records.Seal(user), cancellationToken);
        return realm.Put(user);
    }, cancellationToken);

    public Task<bool> RemoveUserAsync(string id, CancellationToken cancellationToken) => gate.RunAsync(async () =>
    {
        if (realm.FindAnyUser(id) is null) return false;
        foreach (var organization in realm.Memberships.OrganizationsOf(id).ToList())
            await KeepAsync(RecordKinds.Member, MemberKey.Of(organization, id), null, cancellationToken);
        await KeepAsync(RecordKinds.User, id, null, cancellationToken);
        realm.RemoveUser(id);
        return true;
    }, cancellationToken);

    /// <summary>False when another organization has the name, the alias or one of the domains.</summary>
    public Task<bool> PutOrganizationAsync(OrganizationDocument organization, CancellationToken cancellationToken) => gate.RunAsync(async () =>
    {
        if (realm.Organizations.Any(other => other.Id != organization.Id && Collide(other, organization))) return false;
        await KeepAsync(RecordKinds.Organization, organization.Id, records.Seal(organization), cancellationToken);
        realm.Put(organization);
        return true;
    }, cancellationToken);

    public Task<bool> RemoveOrganizationAsync(string id, CancellationToken cancellationToken) => gate.RunAsync(async () =>
    {
        if (realm.FindOrganization(id) is null) return false;
        foreach (var member in realm.Memberships.MembersOf(id).ToList())
            await KeepAsync(RecordKinds.Member, MemberKey.Of(id, member), null, cancellationToken);
        await KeepAsync(RecordKinds.Organization, id, null, cancellationToken);
        realm.RemoveOrganization(id);
        return true;
    }, cancellationToken);

    /// <summary>False when the person is a member already.</summary>
    public Task<bool> AddMemberAsync(string organizationId, string userId, CancellationToken cancellationToken, string type = "UNMANAGED") => gate.RunAsync(async () =>
    {
        if (realm.Memberships.TypeOf(organizationId, userId) is not null) return false;
        await KeepAsync(RecordKinds.Member, MemberKey.Of(organizationId, userId), records.Seal(type), cancellationToken);
        realm.Memberships.Add(organizationId, userId, type);
        return true;
    }, cancellationToken);

    public Task<bool> RemoveMemberAsync(string organizationId, string userId, CancellationToken cancellationToken) => gate.RunAsync(async () =>
    {
        if (realm.Memberships.TypeOf(organizationId, userId) is null) return false;
        await KeepAsync(RecordKinds.Member, MemberKey.Of(organizationId, userId), null, cancellationToken);
        realm.Memberships.Remove(organizationId, userId);
        return true;
    }, cancellationToken);

    /// <summary>False when a new client's id is taken.</summary>
    public Task<bool> PutClientAsync(ClientDocument client, bool isNew, CancellationToken cancellationToken) => gate.RunAsync(async () =>
    {
        if (isNew && realm.FindAnyClient(client.ClientId) is not null) return false;
        await KeepAsync(RecordKinds.Client, client.ClientId, records.Seal(client), cancellationToken);
        realm.Put(client);
        return true;
    }, cancellationToken);

    public Task<bool> RemoveClientAsync(string clientId, CancellationToken cancellationToken) => gate.RunAsync(async () =>
    {
        if (realm.FindAnyClient(clientId) is null) return false;
        await KeepAsync(RecordKinds.Client, clientId, null, cancellationToken);
        realm.RemoveClient(clientId);
        return true;
    }, cancellationToken);

    /// <summary>False when a new provider's alias is taken.</summary>
    public Task<bool> PutProviderAsync(IdentityProviderDocument provider, bool isNew, CancellationToken cancellationToken) => gate.RunAsync(async () =>
    {
        if (isNew && realm.FindAnyProvider(provider.Alias) is not null) return false;
        await KeepAsync(RecordKinds.IdentityProvider, provider.Alias, records.Seal(provider), cancellationToken);
        realm.Put(provider);
        return true;
    }, cancellationToken);

    /// <summary>Removes the provider and what connects people to it: whoever takes the alias next opens nobody's account.</summary>
    public Task<bool> RemoveProviderAsync(string alias, CancellationToken cancellationToken) => gate.RunAsync(async () =>
    {
        if (realm.FindAnyProvider(alias) is null) return false;
        foreach (var user in realm.AllUsers.Where(user => user.Profile.FederatedIdentities.Any(link => link.IdentityProvider == alias)).ToList())
        {
            var without = user.Profile with { FederatedIdentities = [.. user.Profile.FederatedIdentities.Where(link => link.IdentityProvider != alias)] };
            await KeepAsync(RecordKinds.User, user.Id, records.Seal(without), cancellationToken);
            realm.Put(without);
        }
        await KeepAsync(RecordKinds.IdentityProvider, alias, null, cancellationToken);
        realm.RemoveProvider(alias);
        return true;
    }, cancellationToken);

    private static bool Collide(OrganizationDocument one, OrganizationDocument other) =>
        string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(one.Handle, other.Handle, StringComparison.OrdinalIgnoreCase)
        || one.Domains.Any(domain => other.Domains.Any(taken => string.Equals(domain.Name, taken.Name, StringComparison.OrdinalIgnoreCase)));

    private Task<int> KeepAsync(string kind, string id, string? document, CancellationToken cancellationToken)
    {
        var fromFile = IsInFile(kind, id);
        return database.Database.ExecuteSqlAsync($"""
            insert into realm_records (kind, id, document, from_file) values ({kind}, {id}, {document}, {fromFile})
            on conflict (kind, id) do update set document = excluded.document
            """, cancellationToken);
    }

    private bool IsInFile(string kind, string id) => kind switch
    {
        RecordKinds.User => realm.Settings.Users.Any(user => user.Id == id),
        RecordKinds.Client => realm.Settings.Clients.Any(client => client.ClientId == id),
        RecordKinds.Organization => realm.Settings.Organizations.Any(organization => organization.Id == id),
        RecordKinds.IdentityProvider => realm.Settings.IdentityProviders.Any(provider => provider.Alias == id),
        _ => false,
    };
}
