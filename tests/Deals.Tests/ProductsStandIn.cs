using System.Collections.Concurrent;
using Grpc.Core;
using Platform.Inventory.V1;

namespace Deals.Tests;

/// <summary>Stands for the inventory service, which is another process: has what a test gives it, and remembers what it was asked.</summary>
internal sealed class ProductsStandIn : ProductsService.ProductsServiceClient
{
    /// <summary>Products, each with the price that applies to any question; without one it has none.</summary>
    public ConcurrentDictionary<string, PricedProduct> All { get; } = new();

    public ConcurrentQueue<TakeProductsRequest> Asked { get; } = new();

    /// <summary>How it refuses whatever it is asked.</summary>
    public StatusCode? Down { get; set; }

    /// <summary>A product that is sold from now on.</summary>
    public Product Add(string code, string? price, Action<Product>? change = null)
    {
        var product = new Product { Id = $"{Guid.CreateVersion7()}", Code = code, Name = $"All of {code}", Unit = "HUR", TaxCategory = "S", TaxRate = "7", Recurrence = Platform.Deals.V1.Recurrence.OneOff, Active = true };
        change?.Invoke(product);
        All[product.Id] = new PricedProduct { Product = product, Price = price is null ? null : new Price { UnitPrice = Samples.Money(price) } };
        return product;
    }

    public override AsyncUnaryCall<TakeProductsResponse> TakeProductsAsync(TakeProductsRequest request, CallOptions options)
    {
        Asked.Enqueue(request);
        var status = new Status(Down ?? StatusCode.OK, "");
        var answer = Down is null
            ? Task.FromResult(new TakeProductsResponse { Products = { request.Questions.Select(question => All.GetValueOrDefault(question.ProductId) ?? new PricedProduct()) } })
            : Task.FromException<TakeProductsResponse>(new RpcException(status));
        return new AsyncUnaryCall<TakeProductsResponse>(answer, Task.FromResult(new Metadata()), () => status, () => [], () => { });
    }
}
