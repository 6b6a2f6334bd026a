using FluentValidation;
using Platform.Access;
using Platform.Bulk;
using Platform.Inventory.Bulk;
using Platform.Inventory.Prices;
using Platform.Inventory.Products;
using Platform.Languages;
using Platform.Monetary.Rates;

namespace Platform.Inventory;

internal static class InventorySetup
{
    public static IServiceCollection AddInventory(this IServiceCollection services, IConfiguration configuration) => services
        .AddWording(typeof(InventorySetup).Assembly)
        .AddReporting()
        .AddProtectedResources(Product.Resource, PriceList.Resource, Price.Resource)
        .AddBulk(configuration, (job, user) => new V1.BulkJobEnded { Job = job, UserId = user }, BulkProducts.Kind)
        .AddSingleton<IValidator<V1.ListProductsRequest>, ListProducts.Validator>()
        .AddSingleton<IValidator<V1.CreateProductRequest>, CreateProduct.Validator>()
        .AddSingleton<IValidator<V1.UpdateProductRequest>, UpdateProduct.Validator>()
        .AddSingleton<IValidator<V1.ExportProductsRequest>, ExportProducts.Validator>()
        .AddSingleton<IValidator<V1.PriceProductsRequest>, PriceProducts.Validator>()
        .AddSingleton<IValidator<V1.TakeProductsRequest>, TakeProducts.Validator>()
        .AddSingleton<IValidator<V1.ListPriceListsRequest>, ListPriceLists.Validator>()
        .AddSingleton<IValidator<V1.CreatePriceListRequest>, CreatePriceList.Validator>()
        .AddSingleton<IValidator<V1.UpdatePriceListRequest>, UpdatePriceList.Validator>()
        .AddSingleton<IValidator<V1.ListPricesRequest>, ListPrices.Validator>()
        .AddSingleton<IValidator<V1.CreatePriceRequest>, CreatePrice.Validator>()
        .AddSingleton<IValidator<V1.UpdatePriceRequest>, UpdatePrice.Validator>();
}
