using Platform.Data;
using Platform.Hosting;
using Platform.Invocation;
using Platform.Metadata;
using Platform.Metadata.Dashboards;
using Platform.Metadata.Dictionaries;
using Platform.Metadata.Fields;
using Platform.Metadata.Layouts;
using Platform.Metadata.Packages;
using Platform.Metadata.Resources;
using Platform.Metadata.Themes;
using Platform.Metadata.Views;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Metadata).AddDatabase<MetadataDbContext>(DaprNames.Metadata);
builder.Services.AddMetadata(builder.Configuration);

var app = builder.Build();
app.MapPlatform();
app.MapGrpcService<FieldsService>();
app.MapGrpcService<DictionariesService>();
app.MapGrpcService<SavedViewsService>();
app.MapGrpcService<LayoutsService>();
app.MapGrpcService<DashboardsService>();
app.MapGrpcService<ThemesService>();
app.MapGrpcService<MetadataPackagesService>();
app.MapGrpcService<ResourcesService>();
app.Run();
