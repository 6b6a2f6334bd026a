using Grpc.Core;
using Platform.Errors;
using Platform.Tenants.V1;

namespace Platform.Deals.Quotes.Sending;

/// <summary>Asks the tenants domain, as the caller, what the company is called on documents.</summary>
internal sealed class Sellers(TenantsService.TenantsServiceClient tenants)
{
    public async Task<Result<V1.QuoteParty>> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            var tenant = await tenants.GetTenantAsync(new GetTenantRequest(), cancellationToken: cancellationToken);
            var name = tenant.LegalName.Length > 0 ? tenant.LegalName : tenant.DisplayName;
            return name.Length == 0 ? QuoteErrors.SellerUnknown : new V1.QuoteParty { Name = name, TaxNumber = tenant.TaxNumber, Address = tenant.Address };
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception.StatusCode is StatusCode.NotFound or StatusCode.PermissionDenied ? QuoteErrors.SellerUnknown : QuoteErrors.TenantUnavailable;
        }
    }
}
