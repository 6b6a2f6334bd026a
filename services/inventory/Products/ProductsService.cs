using Google.Api;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Inventory.Products;

/// <summary>The RPC table of products.</summary>
internal sealed class ProductsService(InventoryDbContext db, TimeProvider time) : V1.ProductsService.ProductsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListProductsResponse> ListProducts(V1.ListProductsRequest request, ServerCallContext context) =>
        Products.ListProducts.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Product> GetProduct(V1.GetProductRequest request, ServerCallContext context) =>
        Products.GetProduct.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Product> CreateProduct(V1.CreateProductRequest request, ServerCallContext context) =>
        Products.CreateProduct.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Product> UpdateProduct(V1.UpdateProductRequest request, ServerCallContext context) =>
        Products.UpdateProduct.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeleteProduct(V1.DeleteProductRequest request, ServerCallContext context) =>
        Products.DeleteProduct.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.PriceProductsResponse> PriceProducts(V1.PriceProductsRequest request, ServerCallContext context) =>
        Products.PriceProducts.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Export)]
    public override Task ExportProducts(V1.ExportProductsRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        Products.ExportProducts.Handle(request, responseStream, db, time, context);

    [Permission(Permissions.Read)]
    public override Task<V1.TakeProductsResponse> TakeProducts(V1.TakeProductsRequest request, ServerCallContext context) =>
        Products.TakeProducts.Handle(request, db, time, context.CancellationToken).Reply();
}
