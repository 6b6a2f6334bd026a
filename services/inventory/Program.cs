using Platform.Data;
using Platform.Hosting;
using Platform.Inventory;
using Platform.Inventory.Bulk;
using Platform.Inventory.Prices;
using Platform.Inventory.Products;
using Platform.Invocation;
using Platform.Monetary.Rates;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Inventory).AddDatabase<InventoryDbContext>(DaprNames.Inventory);
builder.Services.AddInventory(builder.Configuration);

var app = builder.Build();
app.MapPlatform(events => events.KeepRates());
app.MapGrpcService<ProductsService>();
app.MapGrpcService<PricesService>();
app.MapGrpcService<BulkService>();
app.MapGrpcService<InventoryAccessService>();
app.Run();
