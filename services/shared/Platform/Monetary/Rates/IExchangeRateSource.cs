using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Monetary.Rates;

/// <summary>Where a company's exchange rates come from: the tenants service, over Dapr.</summary>
public interface IExchangeRateSource
{
    /// <summary>What changed since a version.</summary>
    /// <param name="caller">In whose company, and with whose token it is asked.</param>
    /// <param name="afterVersion">0 for all that there is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ListExchangeRateChangesResponse> GetChangesAsync(Caller caller, long afterVersion, CancellationToken cancellationToken);
}
