using Platform.Automation;
using Platform.Automation.Processes;
using Platform.Automation.QuoteToCash;
using Platform.Communications.V1;
using Platform.Data;
using Platform.Deals.V1;
using Platform.Hosting;
using Platform.Invocation;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Automation).AddDatabase<AutomationDbContext>(DaprNames.Automation);
builder.Services.AddAutomation(builder.Configuration);

var app = builder.Build();
app.MapPlatform(events => events
    .On<DealWon, AutomationDbContext>(OnDealWon.Handle)
    .On<EmailSent, AutomationDbContext>(OnEmailSent.Handle)
    .On<EmailFailed, AutomationDbContext>(OnEmailFailed.Handle));
app.MapGrpcService<ProcessesService>();
app.Run();
