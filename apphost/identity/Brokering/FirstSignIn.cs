using Platform.Identity.Admin;
using Platform.Identity.Realms;

namespace Platform.Identity.Brokering;

/// <summary>Whose account a provider's identity opens.</summary>
internal abstract record BrokerOutcome
{
    public sealed record Known(RealmUser User, bool IsNew) : BrokerOutcome;

    /// <summary>The address is somebody's already, who has to show that it is the same person.</summary>
    public sealed record NeedsProof(RealmUser User) : BrokerOutcome;

    public sealed record Refused(string Code) : BrokerOutcome;
}

/// <summary>
/// Finds the account that is connected to a provider's identity, or makes one. An organization's provider speaks for the
/// organization's own domains, and for its members, and for nobody else.
/// </summary>
internal sealed class FirstSignIn(Realm realm, RealmStore store, TimeProvider time)
{
    public async Task<BrokerOutcome> ResolveAsync(IdentityProviderDocument provider, BrokeredIdentity identity, CancellationToken cancellationToken)
    {
        var organization = provider.OrganizationId is { } id ? realm.FindOrganization(id) : null;
        if (provider.OrganizationId is not null && organization is not { Enabled: true }) return new BrokerOutcome.Refused(BrokerErrors.NoMember);
        if (realm.FindLinked(identity.Alias, identity.Subject) is { } linked) return await KnownAsync(provider, identity, linked, cancellationToken);
        if (provider.LinkOnly) return new BrokerOutcome.Refused(BrokerErrors.NotConnected);
        if (identity.Email is not { } email || !UserView.IsEmail(email)) return new BrokerOutcome.Refused(BrokerErrors.NoEmail);
        if (organization?.Owns(email) is false) return new BrokerOutcome.Refused(BrokerErrors.ForeignEmail);
        if (realm.FindAnyByLogin(email) is { } taken) return Taken(taken);
        return await CreateAsync(provider, identity, email, cancellationToken);
    }

    /// <summary>Connects an account whose person has proved that it is theirs; null when it is connected to somebody else there.</summary>
    public async Task<RealmUser?> ConnectAsync(IdentityProviderDocument provider, BrokeredIdentity identity, RealmUser user, CancellationToken cancellationToken)
    {
        var connected = await store.ChangeUserAsync(user.Id, profile =>
            profile.FederatedIdentities.Any(link => link.IdentityProvider == identity.Alias) || realm.FindLinked(identity.Alias, identity.Subject) is not null
                ? null
                : profile with { FederatedIdentities = [.. profile.FederatedIdentities, identity.Link] }, cancellationToken);
        if (connected is not null && provider.OrganizationId is { } organization) await store.AddMemberAsync(organization, user.Id, cancellationToken);
        return connected;
    }

    private static BrokerOutcome Taken(RealmUser user) =>
        user.Profile.Enabled ? new BrokerOutcome.NeedsProof(user) : new BrokerOutcome.Refused(BrokerErrors.Disabled);

    private async Task<BrokerOutcome> KnownAsync(IdentityProviderDocument provider, BrokeredIdentity identity, RealmUser user, CancellationToken cancellationToken)
    {
        if (!user.Profile.Enabled) return new BrokerOutcome.Refused(BrokerErrors.Disabled);
        // Whoever has left the organization is none of its provider's business.
        if (provider.OrganizationId is { } organization && realm.Memberships.TypeOf(organization, user.Id) is null) return new BrokerOutcome.Refused(BrokerErrors.NoMember);
        var current = provider.UpdatesAtEachSignIn
            ? await store.ChangeUserAsync(user.Id, profile => identity.Describe(profile, provider), cancellationToken) ?? user
            : user;
        return new BrokerOutcome.Known(current, IsNew: false);
    }

    private async Task<BrokerOutcome> CreateAsync(IdentityProviderDocument provider, BrokeredIdentity identity, string email, CancellationToken cancellationToken)
    {
        var person = identity.Describe(UserView.New(realm, email, email, time), provider) with
        {
            EmailVerified = provider.TrustEmail && identity.EmailVerified,
            FederatedIdentities = [identity.Link],
        };
        if (await store.AddUserAsync(person, cancellationToken) is not { } user)
            return realm.FindAnyByLogin(email) is { } taken ? Taken(taken) : new BrokerOutcome.Refused(BrokerErrors.Unknown);
        if (provider.OrganizationId is { } organization) await store.AddMemberAsync(organization, user.Id, cancellationToken, "MANAGED");
        return new BrokerOutcome.Known(user, IsNew: true);
    }
}
