using Platform.Data;
using Platform.Finance;
using Platform.Finance.CreditNotes;
using Platform.Finance.Invoices;
using Platform.Finance.Settings;
using Platform.Hosting;
using Platform.Invocation;
using Platform.Monetary.Rates;
using Platform.Tenants.V1;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Finance).AddDatabase<FinanceDbContext>(DaprNames.Finance);
builder.Services.AddFinance();

var app = builder.Build();
app.MapPlatform(events => events.On<TenantCreated, FinanceDbContext>(OnTenantCreated.Handle).KeepRates());
app.MapGrpcService<InvoicesService>();
app.MapGrpcService<CreditNotesService>();
app.MapGrpcService<FinanceSettingsService>();
app.MapGrpcService<FinanceAccessService>();
app.Run();
