using Platform.Access.ExternalApps;
using Platform.Events;
using Platform.Tenants.V1;

namespace Platform.Automation.Identity;

/// <summary>A company is gone from the platform: so are its organization, its applications, its identity providers, and the accounts that belonged to no other.</summary>
internal static class DeleteOrganization
{
    private const int Page = 100;

    public static async Task Handle(TenantPurged message, EventContext context, CancellationToken cancellationToken)
    {
        var identity = context.Services.GetRequiredService<KeycloakAdmin>();
        var organization = context.TenantId.ToString();
        while (await identity.MembersAsync(organization, Page) is { Count: > 0 } members)
        {
            foreach (var member in members)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var belongsHereOnly = (await identity.OrganizationsOfAsync(member)).All(other => other == organization);
                await (belongsHereOnly ? identity.DeleteUserAsync(member) : identity.RemoveMemberAsync(organization, member));
            }
        }

        while (await identity.ClientsAsync(ExternalClient.PrefixOf(context.TenantId), Page) is { Count: > 0 } clients)
        {
            foreach (var client in clients)
                await identity.DeleteClientAsync(client);
        }

        foreach (var provider in await identity.ProvidersAsync(organization))
            await identity.DeleteProviderAsync(provider);
        await identity.DeleteOrganizationAsync(organization);
    }
}
