using Platform.Data;
using Platform.Hosting;
using Platform.Invocation;
using Platform.Metadata;
using Platform.Metadata.Fields;
using Platform.Metadata.Objects;
using Platform.Metadata.Resources;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Metadata).AddDatabase<MetadataDbContext>(DaprNames.Metadata);
builder.Services.AddMetadata(builder.Configuration);

var app = builder.Build();
app.MapPlatform();
app.MapGrpcService<FieldsService>();
app.MapGrpcService<ObjectTypesService>();
app.MapGrpcService<ResourcesService>();
app.MapShapes();
app.Run();
