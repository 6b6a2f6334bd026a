using Platform.Communications;
using Platform.Communications.Delivery;
using Platform.Communications.Emails;
using Platform.Communications.Notifications;
using Platform.Contacts.V1;
using Platform.Data;
using Platform.Hosting;
using Platform.Invocation;
using Platform.Tenants.V1;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Communications).AddDatabase<CommunicationsDbContext>(DaprNames.Communications);
builder.Services.AddCommunications();

var app = builder.Build();
app.MapPlatform(events => events
    .On<TenantStateChanged, CommunicationsDbContext>(OnTenantStateChanged.Handle)
    .On<BulkJobEnded, CommunicationsDbContext>(OnBulkJobEnded.Handle)
    .On<Platform.Deals.V1.BulkJobEnded, CommunicationsDbContext>(OnBulkJobEnded.HandleDeals)
    .On<Platform.Records.V1.BulkJobEnded, CommunicationsDbContext>(OnBulkJobEnded.HandleRecords)
    .On<ActivityReminded, CommunicationsDbContext>(OnActivityReminded.Handle)
    .On<SignedInFromNewDevice, CommunicationsDbContext>(OnSignedInFromNewDevice.Handle)
    .On<SupportAccessChanged, CommunicationsDbContext>(OnSupportAccessChanged.Handle));
app.MapGrpcService<EmailsService>();
app.MapGrpcService<NotificationsService>();
app.Run();
