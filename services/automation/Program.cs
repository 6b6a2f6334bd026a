using Platform.Automation;
using Platform.Automation.Identity;
using Platform.Automation.Processes;
using Platform.Automation.QuoteToCash;
using Platform.Automation.Signups;
using Platform.Communications.V1;
using Platform.Data;
using Platform.Deals.V1;
using Platform.Hosting;
using Platform.Invocation;
using Platform.Tenants.V1;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Automation).AddDatabase<AutomationDbContext>(DaprNames.Automation);
builder.Services.AddAutomation(builder.Configuration);

var app = builder.Build();
app.MapPlatform(events => events
    .On<TenantStateChanged, AutomationDbContext>(OnTenantStateChanged.Handle)
    .On<DealWon, AutomationDbContext>(OnDealWon.Handle)
    .On<EmailSent, AutomationDbContext>(OnEmailSent.Handle)
    .On<EmailFailed, AutomationDbContext>(OnEmailFailed.Handle)
    .OnRepeatable<TenantPurged>(nameof(DeleteOrganization), DeleteOrganization.Handle));
app.MapGrpcService<ProcessesService>();
app.MapGrpcService<SignupsService>();
app.Run();
