using Grpc.Core;
using Platform.Access;
using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Monetary.Rates;

namespace Platform.Deals.Reports;

/// <summary>The RPC table of reports.</summary>
internal sealed class ReportsService(DealsDbContext db, StageDirectory stages, ReportingRates rates, TimeProvider time) : V1.ReportsService.ReportsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.Funnel> GetFunnel(V1.GetFunnelRequest request, ServerCallContext context) =>
        Reports.GetFunnel.Handle(request, db, stages, rates, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Forecast> GetForecast(V1.GetForecastRequest request, ServerCallContext context) =>
        Reports.GetForecast.Handle(request, db, rates, time, context.CancellationToken).Reply();
}
