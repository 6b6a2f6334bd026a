using Platform.CustomFields.V1;
using Platform.Data;
using Platform.Hosting;
using Platform.Invocation;
using Platform.Monetary.Rates;
using Platform.Records;
using Platform.Records.Imports;
using Platform.Records.Links;
using Platform.Records.Purging;
using Platform.Records.Timeline;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Records).AddDatabase<RecordsDbContext>(DaprNames.Records);
builder.Services.AddRecords(builder.Configuration);

var app = builder.Build();
app.MapPlatform(events => events
    .On<ObjectTypeChanged, RecordsDbContext>(OnObjectTypeChanged.Handle)
    .On<FieldsChanged, RecordsDbContext>(OnRelationPurged.Handle)
    .OnBuiltInDeletions()
    .KeepRates()
    .OnRepeatable<ObjectTypeChanged>("ForgetObjects", OnObjectTypeChanged.ForgetAsync));
app.MapRecords();
app.MapGrpcService<ImportsService>();
app.MapGrpcService<TimelineService>();
app.MapImports();
app.Run();
