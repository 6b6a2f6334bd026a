using Platform.CustomFields.V1;
using Platform.Invocation;
using Platform.Tenancy;

namespace Platform.CustomFields;

/// <summary>Asks the metadata service with the caller's own token.</summary>
internal sealed class RemoteCustomFieldSource(PeerCalls peers, ServiceAccount account) : ICustomFieldSource
{
    public async Task<Schema> GetSchemaAsync(Caller caller, IReadOnlyCollection<string> resources, CancellationToken cancellationToken)
    {
        var token = caller.BearerToken ?? await account.GetTokenAsync(cancellationToken);
        return await new ResourcesService.ResourcesServiceClient(peers.Invoker).GetSchemaAsync(
            new GetSchemaRequest { Resources = { resources }, WithCounted = true }, peers.To(DaprNames.Metadata, token, caller.RequiredTenantId, cancellationToken));
    }
}
