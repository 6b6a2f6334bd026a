using OpenIddict.Abstractions;
using Platform.Identity.Data;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Realms;

/// <summary>Registers the realm's clients with OpenIddict at start; clients that left the realm file are removed with their tokens.</summary>
internal sealed class ClientRegistration(
    IOpenIddictApplicationManager applications, IdentityDbContext database, Realm realm, RealmFingerprint fingerprint, IdentityOptions options)
{
    public async Task SynchronizeAsync(CancellationToken cancellationToken)
    {
        var clients = realm.Clients.Where(client => !client.Document.BearerOnly).ToDictionary(client => client.Id);
        foreach (var application in await applications.ListAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken))
        {
            if (clients.Remove(await applications.GetClientIdAsync(application, cancellationToken) ?? "", out var client))
                await applications.UpdateAsync(application, Describe(client), cancellationToken);
            else
                await applications.DeleteAsync(application, cancellationToken);
        }
        foreach (var client in clients.Values) await applications.CreateAsync(Describe(client), cancellationToken);
        await RememberAsync(cancellationToken);
    }

    /// <summary>Registers one client as it is now; one that is switched off loses its registration and its tokens.</summary>
    public async Task PutAsync(RealmClient client, CancellationToken cancellationToken)
    {
        if (!client.Document.Enabled) await RemoveAsync(client.Id, cancellationToken);
        else if (await applications.FindByClientIdAsync(client.Id, cancellationToken) is { } application)
            await applications.UpdateAsync(application, Describe(client), cancellationToken);
        else
            await applications.CreateAsync(Describe(client), cancellationToken);
    }

    public async Task RemoveAsync(string clientId, CancellationToken cancellationToken)
    {
        if (await applications.FindByClientIdAsync(clientId, cancellationToken) is { } application)
            await applications.DeleteAsync(application, cancellationToken);
    }

    private async Task RememberAsync(CancellationToken cancellationToken)
    {
        if (await database.RealmRegistrations.FindAsync([realm.Name], cancellationToken) is { } known) known.Fingerprint = fingerprint.Value;
        else database.RealmRegistrations.Add(new RealmRegistration { Realm = realm.Name, Fingerprint = fingerprint.Value });
        await database.SaveChangesAsync(cancellationToken);
    }

    private OpenIddictApplicationDescriptor Describe(RealmClient client)
    {
        var document = client.Document;
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = client.Id,
            ClientType = document.PublicClient ? ClientTypes.Public : ClientTypes.Confidential,
            ClientSecret = document.PublicClient ? null : Secret(document),
            ConsentType = ConsentTypes.Implicit,
            DisplayName = client.DisplayName,
        };
        descriptor.Permissions.UnionWith(Permissions(document));
        if (client.RequiresProofKey) descriptor.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
        return descriptor;
    }

    private static string Secret(ClientDocument document) => string.IsNullOrEmpty(document.Secret)
        ? throw new StartupException($"The confidential client {document.ClientId} has no secret in the realm file.")
        : document.Secret;

    private IEnumerable<string> Permissions(ClientDocument document)
    {
        yield return OpenIddictConstants.Permissions.Endpoints.Token;
        yield return OpenIddictConstants.Permissions.Endpoints.Revocation;
        if (!document.PublicClient) yield return OpenIddictConstants.Permissions.Endpoints.Introspection;
        if (document.ServiceAccountsEnabled && !document.PublicClient) yield return OpenIddictConstants.Permissions.GrantTypes.ClientCredentials;
        if (document.StandardFlowEnabled)
        {
            yield return OpenIddictConstants.Permissions.Endpoints.Authorization;
            yield return OpenIddictConstants.Permissions.Endpoints.EndSession;
            yield return OpenIddictConstants.Permissions.GrantTypes.AuthorizationCode;
            yield return OpenIddictConstants.Permissions.ResponseTypes.Code;
        }
        if (DirectGrant(document)) yield return OpenIddictConstants.Permissions.GrantTypes.Password;
        if (document.StandardFlowEnabled || DirectGrant(document)) yield return OpenIddictConstants.Permissions.GrantTypes.RefreshToken;
    }

    private bool DirectGrant(ClientDocument document) => options.AllowDirectGrant && document.DirectAccessGrantsEnabled;
}
