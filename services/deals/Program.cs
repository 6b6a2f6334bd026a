using Platform.Data;
using Platform.Deals;
using Platform.Deals.Bulk;
using Platform.Deals.Deals;
using Platform.Deals.Forecasts;
using Platform.Deals.Quotes;
using Platform.Deals.Reports;
using Platform.Hosting;
using Platform.Invocation;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Deals).AddDatabase<DealsDbContext>(DaprNames.Deals);
builder.Services.AddDeals(builder.Configuration);

var app = builder.Build();
app.MapPlatform(DealsSetup.Subscribe);
app.MapGrpcService<DealsService>();
app.MapGrpcService<ReportsService>();
app.MapGrpcService<ForecastsService>();
app.MapGrpcService<BulkService>();
app.MapGrpcService<DealsAccessService>();
app.MapQuotes();
app.Run();
