using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Platform.Bulk.V1;
using Platform.Inventory.V1;
using Platform.Testing;
using Xunit;
using static Inventory.Tests.InventoryFixture;
using Recurrence = Platform.Deals.V1.Recurrence;

namespace Inventory.Tests;

public sealed class ProductFacts(InventoryFixture inventory)
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private ProductsService.ProductsServiceClient Us => inventory.ProductsOf(_tenant);

    [Fact]
    public async Task A_product_is_made_with_what_is_usual_changed_and_told_of()
    {
        var made = await inventory.CreateAsync(_tenant, " PUMP-1 ");
        Assert.Equal(("PUMP-1", "C62", "S", "20", Recurrence.OneOff, 0, true), (made.Code, made.Unit, made.TaxCategory, made.TaxRate, made.Recurrence, made.DefaultTerm, made.Active));
        var changed = await Us.UpdateProductAsync(new UpdateProductRequest
        {
            Product = new Product { Id = made.Id, Etag = made.Etag, Recurrence = Recurrence.Monthly, Active = false, CustomFields = new Struct { Fields = { ["colour"] = Value.ForString("blue") } } },
        }, cancellationToken: Token);
        Assert.Equal(("PUMP-1", Recurrence.Monthly, 1, false), (changed.Code, changed.Recurrence, changed.DefaultTerm, changed.Active));
        Assert.Equal(changed, await Us.GetProductAsync(new GetProductRequest { Id = made.Id }, cancellationToken: Token));
        await Refusal.OfAsync("STALE_ETAG", Us.UpdateProductAsync(new UpdateProductRequest { Product = made }, cancellationToken: Token));
        await Us.DeleteProductAsync(new DeleteProductRequest { Id = made.Id, Etag = changed.Etag }, cancellationToken: Token);
        await Refusal.OfAsync("NOT_FOUND", Us.GetProductAsync(new GetProductRequest { Id = made.Id }, cancellationToken: Token));
        Assert.Equal("ProductCreated ProductUpdated ProductDeleted", await inventory.Database.QueryAsync<string>(
            $"SELECT string_agg(split_part(type, '.', 4), ' ' ORDER BY id) FROM outbox_messages WHERE aggregate_id = '{made.Id}'"));
        Assert.Equal(3, await inventory.Database.QueryAsync<long>($"SELECT count(*) FROM audit_entries WHERE resource_id = '{made.Id}'"));
    }

    [Fact]
    public async Task A_code_is_given_once_whatever_its_case_and_each_company_has_its_own()
    {
        var made = await inventory.CreateAsync(_tenant, "Pump");
        await Refusal.OfAsync("PRODUCT_CODE_TAKEN", Us.CreateProductAsync(new CreateProductRequest { Product = new Product { Code = "pUMP", Name = "Other", TaxRate = "20" } }, cancellationToken: Token));
        var other = Guid.CreateVersion7();
        Assert.NotEqual(made.Id, (await inventory.CreateAsync(other, "Pump")).Id);
        await Refusal.OfAsync("NOT_FOUND", inventory.ProductsOf(other).GetProductAsync(new GetProductRequest { Id = made.Id }, cancellationToken: Token));
        await Refusal.OfAsync("NOT_FOUND", inventory.ProductsOf(other).DeleteProductAsync(new DeleteProductRequest { Id = made.Id }, cancellationToken: Token));
        await Refusal.OfAsync("PERMISSION_DENIED", inventory.ProductsOf(_tenant, "inventory.read").DeleteProductAsync(new DeleteProductRequest { Id = made.Id }, cancellationToken: Token));
        Assert.Contains(inventory.Refusals.Lines, line => line.StartsWith("Refused PERMISSION_DENIED 1 time(s): POST /platform.inventory.v1.ProductsService/DeleteProduct", StringComparison.Ordinal)
            && line.EndsWith($"tenant {_tenant}", StringComparison.Ordinal));
    }

    public static TheoryData<string, Action<Product>> Wrong => new()
    {
        { "product.code", product => product.Code = " " },
        { "product.name", product => product.Name = "" },
        { "product.unit", product => product.Unit = "piece" },
        { "product.taxRate", product => product.TaxRate = "" },
        { "product.taxRate", product => product.TaxCategory = "AE" },
        { "product.defaultTerm", product => product.DefaultTerm = 12 },
        { "product.defaultTerm", product => (product.Recurrence, product.DefaultTerm) = (Recurrence.Yearly, 121) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_no_line_could_take_over_is_refused(string field, Action<Product> spoil)
    {
        var product = new Product { Code = "X", Name = "X", TaxRate = "20" };
        spoil(product);
        await Refusal.OfAsync(field, Us.CreateProductAsync(new CreateProductRequest { Product = product }, cancellationToken: Token));
    }

    [Fact]
    public async Task Products_are_listed_by_page_filter_order_and_parts_of_code_and_name()
    {
        foreach (var code in new[] { "B-2", "A-1", "C-3" })
            await inventory.CreateAsync(_tenant, code, product => product.Recurrence = code == "C-3" ? Recurrence.Monthly : Recurrence.OneOff);
        async Task<(string Codes, string Next)> ListAsync(ListProductsRequest request)
        {
            var page = await Us.ListProductsAsync(request, cancellationToken: Token);
            return (string.Join(' ', page.Products.Select(product => product.Code)), page.NextPageToken);
        }

        var first = await ListAsync(new ListProductsRequest { OrderBy = "code", PageSize = 2 });
        Assert.Equal("A-1 B-2", first.Codes);
        Assert.Equal(("C-3", ""), await ListAsync(new ListProductsRequest { OrderBy = "code", PageSize = 2, PageToken = first.Next }));
        Assert.Equal("C-3", (await ListAsync(new ListProductsRequest { Filter = "recurrence = RECURRENCE_MONTHLY AND active = true" })).Codes);
        Assert.Equal("B-2", (await ListAsync(new ListProductsRequest { Query = "F b-" })).Codes);
    }

    [Fact]
    public async Task Products_are_taken_out_as_a_file_at_once_and_in_the_background_and_changed_by_the_many()
    {
        var (pump, valve) = (await inventory.CreateAsync(_tenant, "PUMP"), await inventory.CreateAsync(_tenant, "VALVE", product => product.Active = false));
        await inventory.CreateAsync(Guid.CreateVersion7(), "THEIRS");
        var token = TestTokens.ForPerson(_tenant, Guid.CreateVersion7(), [.. All, "inventory.export"]);
        using var rest = inventory.Rest(token);
        Assert.Equal(["code,active", "VALVE,false", "PUMP,true"], await FileAsync("products:export?orderBy=code%20desc", "code", "active"));
        Assert.Equal(2, (await rest.GetStringAsync(new Uri("/api/v1/inventory/products:export?format=ndjson", UriKind.Relative), Token)).Trim().Split('\n').Length);
        using var reader = inventory.RestFor(_tenant, "inventory.read");
        using var denied = await reader.GetAsync(new Uri("/api/v1/inventory/products:export", UriKind.Relative), Token);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, denied.StatusCode);

        var jobs = new BulkService.BulkServiceClient(inventory.Grpc(token));
        var file = await EndedAsync(await jobs.BulkProductsAsync(new BulkProductsRequest { Filter = "active = true", Export = new BulkExport { Columns = { "code", "name" } } }, cancellationToken: Token));
        Assert.Equal((1L, "inventory.product.csv"), (file.Done, file.File.Name));
        Assert.Equal(["code,name", "PUMP,All of PUMP"], await FileAsync($"bulkJobs/{file.Id}/file", "code", "name"));
        await Refusal.OfAsync("PERMISSION_DENIED", new BulkService.BulkServiceClient(inventory.GrpcFor(_tenant, All)).BulkProductsAsync(new BulkProductsRequest { All = true, Export = new BulkExport() }, cancellationToken: Token));

        // A code is of one product; the rest is written under the rules of the single write, and taken back.
        await Refusal.OfAsync("update.updateMask", jobs.BulkProductsAsync(new BulkProductsRequest { All = true, Update = new BulkProductUpdate { Product = new Product { Code = "SAME" } } }, cancellationToken: Token));
        var job = await EndedAsync(await jobs.BulkProductsAsync(new BulkProductsRequest { All = true, Update = new BulkProductUpdate { Product = new Product { Active = false } } }, cancellationToken: Token));
        Assert.Equal((1L, 1L, false), (job.Done, job.Skipped, (await Us.GetProductAsync(new GetProductRequest { Id = pump.Id }, cancellationToken: Token)).Active));
        await EndedAsync(await jobs.UndoBulkJobAsync(new UndoBulkJobRequest { Id = job.Id }, cancellationToken: Token));
        Assert.Equal((true, false), ((await Us.GetProductAsync(new GetProductRequest { Id = pump.Id }, cancellationToken: Token)).Active, (await Us.GetProductAsync(new GetProductRequest { Id = valve.Id }, cancellationToken: Token)).Active));

        async Task<IEnumerable<string>> FileAsync(string path, params string[] columns)
        {
            var lines = (await rest.GetStringAsync(new Uri($"/api/v1/inventory/{path}", UriKind.Relative), Token)).Trim().Split("\r\n").Select(line => line.Split(',')).ToList();
            return lines.Select(line => string.Join(',', columns.Select(column => line[Array.IndexOf(lines[0], column)])));
        }

        async Task<BulkJob> EndedAsync(BulkJob job)
        {
            await Eventually.HoldsAsync(async () => (await ReadAsync()).State is BulkState.Succeeded or BulkState.Undone or BulkState.Failed, TimeSpan.FromSeconds(60));
            return await ReadAsync();

            async Task<BulkJob> ReadAsync() => await jobs.GetBulkJobAsync(new GetBulkJobRequest { Id = job.Id }, cancellationToken: Token);
        }
    }

    [Fact]
    public async Task A_product_that_a_line_took_stays_and_one_that_was_asked_for_does_not()
    {
        var (asked, taken, off) = (await inventory.CreateAsync(_tenant, "ASKED"), await inventory.CreateAsync(_tenant, "TAKEN"), await inventory.CreateAsync(_tenant, "OFF", product => product.Active = false));
        await inventory.PriceAsync(_tenant, asked, "1");
        using var rest = inventory.RestFor(_tenant, "inventory.read");
        using var priced = await rest.PostAsJsonAsync("/api/v1/inventory/products:price", new { questions = new[] { new { productId = asked.Id, currency = "EUR" } } }, Token);
        Assert.Equal("1.00", JsonDocument.Parse(await priced.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("products")[0].GetProperty("price").GetProperty("unitPrice").GetProperty("amount").GetString());
        var request = new TakeProductsRequest { Questions = { new[] { taken.Id, off.Id, $"{Guid.CreateVersion7()}" }.Select(id => new PriceQuestion { ProductId = id, Currency = "EUR" }) } };
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Us.TakeProductsAsync(request, cancellationToken: Token).ResponseAsync));
        Assert.All(answers, answer => Assert.Equal(["TAKEN", "OFF", null], answer.Products.Select(product => product.Product?.Code)));
        await Refusal.OfAsync("PRODUCT_IN_USE", Us.DeleteProductAsync(new DeleteProductRequest { Id = taken.Id, Etag = taken.Etag }, cancellationToken: Token));
        foreach (var product in new[] { asked, off })
            await Us.DeleteProductAsync(new DeleteProductRequest { Id = product.Id }, cancellationToken: Token);
        Assert.Empty((await inventory.PricesOf(_tenant).ListPricesAsync(new ListPricesRequest(), cancellationToken: Token)).Prices);
    }
}
