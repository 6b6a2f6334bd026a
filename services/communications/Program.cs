using Platform.Communications;
using Platform.Communications.Emails;
using Platform.Communications.Followers;
using Platform.Communications.Live;
using Platform.Communications.Notifications;
using Platform.Data;
using Platform.Hosting;
using Platform.Invocation;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Communications).AddDatabase<CommunicationsDbContext>(DaprNames.Communications);
builder.Services.AddCommunications();

var app = builder.Build();
app.MapPlatform(CommunicationsSetup.Subscribe);
app.MapGrpcService<EmailsService>();
app.MapGrpcService<NotificationsService>();
app.MapGrpcService<FollowersService>();
app.MapGrpcService<LiveService>();
app.Run();
