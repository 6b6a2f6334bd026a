using Grpc.Core;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Deals.Quotes.Links;

/// <summary>Asks the tenants domain, as the platform, whether the company of a link still deals with customers.</summary>
internal sealed class LinkOwners(TenantsService.TenantsServiceClient tenants)
{
    private static readonly string Module = Modules.Of(Permissions.Read);

    /// <summary>
    /// Null where it does. One that is suspended, to be deleted or deleted, or does not use deals any more, is as if the link led
    /// nowhere: how a company stands is nobody's business who only has a link.
    /// </summary>
    public async Task<Error?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var tenant = await tenants.GetTenantAsync(new GetTenantRequest(), cancellationToken: cancellationToken);
            return tenant.State == TenantState.Active && tenant.Modules.Contains(Module) ? null : QuoteErrors.LinkUnknown;
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception.StatusCode == StatusCode.NotFound ? QuoteErrors.LinkUnknown : QuoteErrors.LinkUnavailable;
        }
    }
}
