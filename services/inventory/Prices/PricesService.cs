using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Inventory.Prices;

/// <summary>The RPC table of price lists and what is in them.</summary>
internal sealed class PricesService(InventoryDbContext db, TimeProvider time) : V1.PricesService.PricesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListPriceListsResponse> ListPriceLists(V1.ListPriceListsRequest request, ServerCallContext context) =>
        Prices.ListPriceLists.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.PriceList> GetPriceList(V1.GetPriceListRequest request, ServerCallContext context) =>
        Prices.GetPriceList.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.PriceList> CreatePriceList(V1.CreatePriceListRequest request, ServerCallContext context) =>
        Prices.CreatePriceList.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.PriceList> UpdatePriceList(V1.UpdatePriceListRequest request, ServerCallContext context) =>
        Prices.UpdatePriceList.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.PriceList> PromotePriceList(V1.PromotePriceListRequest request, ServerCallContext context) =>
        Prices.PromotePriceList.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeletePriceList(V1.DeletePriceListRequest request, ServerCallContext context) =>
        Prices.DeletePriceList.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ListPricesResponse> ListPrices(V1.ListPricesRequest request, ServerCallContext context) =>
        Prices.ListPrices.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Price> GetPrice(V1.GetPriceRequest request, ServerCallContext context) =>
        Prices.GetPrice.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Price> CreatePrice(V1.CreatePriceRequest request, ServerCallContext context) =>
        Prices.CreatePrice.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Price> UpdatePrice(V1.UpdatePriceRequest request, ServerCallContext context) =>
        Prices.UpdatePrice.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeletePrice(V1.DeletePriceRequest request, ServerCallContext context) =>
        Prices.DeletePrice.Handle(request, db, context.CancellationToken).Reply();
}
