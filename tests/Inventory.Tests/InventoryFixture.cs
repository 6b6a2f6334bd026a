using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Common.V1;
using Platform.Inventory.V1;
using Platform.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Inventory.Tests.InventoryFixture))]

namespace Inventory.Tests;

public sealed class InventoryFixture() : ServiceFixture<Program>("inventory")
{
    public static readonly string[] All = ["inventory.read", "inventory.write"];

    /// <summary>Who was refused what.</summary>
    public LoggedLines Refusals { get; } = new("Platform.Errors.RefusalLog");

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public ProductsService.ProductsServiceClient ProductsOf(Guid tenant, params string[] permissions) => new(GrpcFor(tenant, permissions.Length == 0 ? All : permissions));

    public PricesService.PricesServiceClient PricesOf(Guid tenant, params string[] permissions) => new(GrpcFor(tenant, permissions.Length == 0 ? All : permissions));

    protected override void Configure(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(Refusals);

    public async Task<Product> CreateAsync(Guid tenant, string code, Action<Product>? change = null)
    {
        var product = new Product { Code = code, Name = $"All of {code}", TaxRate = "20" };
        change?.Invoke(product);
        return await ProductsOf(tenant).CreateProductAsync(new CreateProductRequest { Product = product }, cancellationToken: Token);
    }

    public async Task<PriceList> CreateListAsync(Guid tenant, string name) =>
        await PricesOf(tenant).CreatePriceListAsync(new CreatePriceListRequest { PriceList = new PriceList { Name = name } }, cancellationToken: Token);

    public async Task<Price> PriceAsync(Guid tenant, Product product, string amount, string from = "", string to = "", string quantity = "", string currency = "EUR", string list = "") =>
        await PricesOf(tenant).CreatePriceAsync(new CreatePriceRequest
        {
            Price = new Price { ProductId = product.Id, PriceListId = list, UnitPrice = new Money { Currency = currency, Amount = amount }, MinQuantity = quantity, StartDate = from, EndDate = to },
        }, cancellationToken: Token);
}

/// <summary>Refusals as clients see them.</summary>
internal static class Refusal
{
    /// <summary>The call fails with this code, or with a wrong field of this name.</summary>
    public static async Task OfAsync<T>(string reason, AsyncUnaryCall<T> call)
    {
        var details = (await Assert.ThrowsAsync<RpcException>(async () => await call)).GetRpcStatus()!;
        Assert.Contains(reason, (details.GetDetail<Google.Rpc.BadRequest>()?.FieldViolations.Select(violation => violation.Field) ?? []).Append(details.GetDetail<Google.Rpc.ErrorInfo>().Reason));
    }
}
