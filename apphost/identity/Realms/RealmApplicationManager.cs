using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using Application = OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreApplication;

namespace Platform.Identity.Realms;

/// <summary>Lets the realm file say where a client may send people: with wildcards and loopback ports, as Keycloak understands them.</summary>
internal sealed class RealmApplicationManager(
    IOpenIddictApplicationCache<Application> cache,
    ILogger<OpenIddictApplicationManager<Application>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<Application> store,
    Realm realm) : OpenIddictApplicationManager<Application>(cache, logger, options, store)
{
    public override async ValueTask<bool> ValidateRedirectUriAsync(
        Application application, string uri, CancellationToken cancellationToken = default) =>
        realm.FindClient(await GetClientIdAsync(application, cancellationToken))?.AllowsRedirect(uri) is true;

    public override async ValueTask<bool> ValidatePostLogoutRedirectUriAsync(
        Application application, string uri, CancellationToken cancellationToken = default) =>
        realm.FindClient(await GetClientIdAsync(application, cancellationToken))?.AllowsPostLogoutRedirect(uri) is true;

    public override IAsyncEnumerable<Application> FindByPostLogoutRedirectUriAsync(
        string uri, CancellationToken cancellationToken = default) =>
        ClientsAsync(realm.Clients.Where(client => client.AllowsPostLogoutRedirect(uri)), cancellationToken);

    private async IAsyncEnumerable<Application> ClientsAsync(
        IEnumerable<RealmClient> clients, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var client in clients)
            if (await FindByClientIdAsync(client.Id, cancellationToken) is { } application)
                yield return application;
    }
}
