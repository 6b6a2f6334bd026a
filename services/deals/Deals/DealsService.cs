using Google.Api;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Deals.History;
using Platform.Deals.Lines;
using Platform.Deals.Origins;
using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Monetary.Rates;

namespace Platform.Deals.Deals;

/// <summary>The RPC table of deals.</summary>
internal sealed class DealsService(DealsDbContext db, Customers customers, Catalog catalog, DealOrigins origins, Conversions conversions, StageDirectory stages, ReportingRates rates, TimeProvider time) : V1.DealsService.DealsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListDealsResponse> ListDeals(V1.ListDealsRequest request, ServerCallContext context) =>
        Deals.ListDeals.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Deal> GetDeal(V1.GetDealRequest request, ServerCallContext context) =>
        Deals.GetDeal.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Deal> CreateDeal(V1.CreateDealRequest request, ServerCallContext context) =>
        Deals.CreateDeal.Handle(request, db, customers, catalog, origins, conversions, stages, rates, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Deal> UpdateDeal(V1.UpdateDealRequest request, ServerCallContext context) =>
        Deals.UpdateDeal.Handle(request, db, customers, catalog, origins, stages, rates, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeleteDeal(V1.DeleteDealRequest request, ServerCallContext context) =>
        Deals.DeleteDeal.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Deal> WinDeal(V1.WinDealRequest request, ServerCallContext context) =>
        Deals.WinDeal.Handle(request, db, stages, rates, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Deal> LoseDeal(V1.LoseDealRequest request, ServerCallContext context) =>
        Deals.LoseDeal.Handle(request, db, stages, rates, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Deal> MoveDeal(V1.MoveDealRequest request, ServerCallContext context) =>
        Stages.MoveDeal.Handle(request, db, stages, rates, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ListDealChangesResponse> ListDealChanges(V1.ListDealChangesRequest request, ServerCallContext context) =>
        History.ListDealChanges.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.DealBoard> GetDealBoard(V1.GetDealBoardRequest request, ServerCallContext context) =>
        Board.GetDealBoard.Handle(request, db, stages, rates, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Deal> FlagDeal(V1.FlagDealRequest request, ServerCallContext context) =>
        Deals.FlagDeal.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Deal> UnflagDeal(V1.UnflagDealRequest request, ServerCallContext context) =>
        Deals.UnflagDeal.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Export)]
    public override Task ExportDeals(V1.ExportDealsRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        Deals.ExportDeals.Handle(request, responseStream, db, time, context);
}
