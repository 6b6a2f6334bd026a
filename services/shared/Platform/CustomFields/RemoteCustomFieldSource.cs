using Grpc.Core;
using Platform.Invocation;
using Platform.CustomFields.V1;
using Platform.Tenancy;

namespace Platform.CustomFields;

/// <summary>Asks the metadata service with the caller's own token.</summary>
internal sealed class RemoteCustomFieldSource(SidecarChannel sidecar, ServiceAccount account) : ICustomFieldSource
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public async Task<Schema> GetSchemaAsync(Caller caller, IReadOnlyCollection<string> resources, CancellationToken cancellationToken)
    {
        var headers = new Metadata
        {
            { "dapr-app-id", DaprNames.Metadata },
            { "authorization", $"Bearer {caller.BearerToken ?? await account.GetTokenAsync(cancellationToken)}" },
        };
        if (caller.Kind is CallerKind.System or CallerKind.Service)
            headers.Add(Caller.TenantHeader, caller.RequiredTenantId.ToString());
        var client = new ResourcesService.ResourcesServiceClient(sidecar.Invoker);
        return await client.GetSchemaAsync(new GetSchemaRequest { Resources = { resources } }, headers, DateTime.UtcNow + Deadline, cancellationToken);
    }
}
