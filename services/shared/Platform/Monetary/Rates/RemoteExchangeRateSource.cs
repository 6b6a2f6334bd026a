using Platform.Invocation;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Monetary.Rates;

/// <summary>Asks the tenants service with the caller's own token.</summary>
internal sealed class RemoteExchangeRateSource(PeerCalls peers, ServiceAccount account) : IExchangeRateSource
{
    public async Task<ListExchangeRateChangesResponse> GetChangesAsync(Caller caller, long afterVersion, CancellationToken cancellationToken)
    {
        var token = caller.BearerToken ?? await account.GetTokenAsync(cancellationToken);
        return await new ExchangeRatesService.ExchangeRatesServiceClient(peers.Invoker).ListExchangeRateChangesAsync(
            new ListExchangeRateChangesRequest { AfterVersion = afterVersion }, peers.To(DaprNames.Tenants, token, caller.RequiredTenantId, cancellationToken));
    }
}
