using Platform.Data;
using Platform.Hosting;
using Platform.Invocation;
using Platform.Pipelines;
using Platform.Pipelines.Pipelines;
using Platform.Tenants.V1;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Pipelines).AddDatabase<PipelinesDbContext>(DaprNames.Pipelines);
builder.Services.AddPipelines();

var app = builder.Build();
app.MapPlatform(events => events.On<TenantCreated, PipelinesDbContext>(OnTenantCreated.Handle));
app.MapGrpcService<PipelinesService>();
app.Run();
