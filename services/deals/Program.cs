using Platform.Data;
using Platform.Deals;
using Platform.Deals.Deals;
using Platform.Hosting;
using Platform.Invocation;
using Platform.Monetary.Rates;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Deals).AddDatabase<DealsDbContext>(DaprNames.Deals);
builder.Services.AddDeals();

var app = builder.Build();
app.MapPlatform(events => events.KeepRates());
app.MapGrpcService<DealsService>();
app.MapGrpcService<DealsAccessService>();
app.Run();
