using Platform.Data;
using Platform.Deals;
using Platform.Deals.Bulk;
using Platform.Deals.Deals;
using Platform.Deals.Forecasts;
using Platform.Deals.Origins;
using Platform.Deals.Quotes;
using Platform.Deals.Reports;
using Platform.Deals.Stages;
using Platform.Hosting;
using Platform.Invocation;
using Platform.Monetary.Rates;
using Platform.Pipelines.V1;
using Platform.Tenants.V1;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Deals).AddDatabase<DealsDbContext>(DaprNames.Deals);
builder.Services.AddDeals(builder.Configuration);

var app = builder.Build();
app.MapPlatform(events => events
    .KeepRates()
    .OnRepeatable<AccessChanged>("ForgetTeams", (_, context, token) => context.Services.GetRequiredService<CompanyTeams>().SpreadAsync(context.TenantId, token))
    .OnRepeatable<PipelineChanged>("ForgetPipelines", OnPipelineChanged.ForgetAsync)
    .On<PipelineChanged, DealsDbContext>(OnPipelineChanged.Handle));
app.MapGrpcService<DealsService>();
app.MapGrpcService<ReportsService>();
app.MapGrpcService<ForecastsService>();
app.MapGrpcService<BulkService>();
app.MapGrpcService<DealsAccessService>();
app.MapQuotes();
app.Run();
