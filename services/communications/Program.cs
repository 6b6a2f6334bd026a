using Platform.Communications;
using Platform.Communications.Emails;
using Platform.Data;
using Platform.Hosting;
using Platform.Invocation;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Communications).AddDatabase<CommunicationsDbContext>(DaprNames.Communications);
builder.Services.AddCommunications();

var app = builder.Build();
app.MapPlatform();
app.MapGrpcService<EmailsService>();
app.Run();
