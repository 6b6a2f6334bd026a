using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Tenants.ExchangeRates;

/// <summary>The RPC table of exchange rates.</summary>
internal sealed class ExchangeRatesService(TenantsDbContext db, TimeProvider time) : V1.ExchangeRatesService.ExchangeRatesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListExchangeRatesResponse> ListExchangeRates(V1.ListExchangeRatesRequest request, ServerCallContext context) =>
        ExchangeRates.ListExchangeRates.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Rates)]
    public override Task<V1.ExchangeRate> SetExchangeRate(V1.SetExchangeRateRequest request, ServerCallContext context) =>
        ExchangeRates.SetExchangeRate.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Rates)]
    public override Task<V1.SetExchangeRatesResponse> SetExchangeRates(V1.SetExchangeRatesRequest request, ServerCallContext context) =>
        ExchangeRates.SetExchangeRates.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Rates)]
    public override Task<Empty> DeleteExchangeRate(V1.DeleteExchangeRateRequest request, ServerCallContext context) =>
        ExchangeRates.DeleteExchangeRate.Handle(request, db, time, context.CancellationToken).Reply();

    [AnyMember]
    public override Task<V1.ListExchangeRateChangesResponse> ListExchangeRateChanges(V1.ListExchangeRateChangesRequest request, ServerCallContext context) =>
        ExchangeRates.ListExchangeRateChanges.Handle(request, db, context.CancellationToken).Reply();
}
