using Grpc.Core;
using Platform.Access;
using Platform.Errors;
using Platform.Monetary.Rates;

namespace Platform.Deals.Forecasts;

/// <summary>The RPC table of forecasts that people say.</summary>
internal sealed class ForecastsService(DealsDbContext db, Hierarchies hierarchies, ReportingRates rates, TimeProvider time) : V1.ForecastsService.ForecastsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ForecastTree> GetForecastTree(V1.GetForecastTreeRequest request, ServerCallContext context) =>
        Forecasts.GetForecastTree.Handle(request, db, hierarchies, rates, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ListForecastOverridesResponse> ListForecastOverrides(V1.ListForecastOverridesRequest request, ServerCallContext context) =>
        Forecasts.ListForecastOverrides.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.ForecastOverride> OverrideForecast(V1.OverrideForecastRequest request, ServerCallContext context) =>
        Forecasts.OverrideForecast.Handle(request, db, hierarchies, rates, time, context.CancellationToken).Reply();
}
