using Platform.Contacts;
using Platform.Contacts.Activities;
using Platform.Contacts.Companies;
using Platform.Contacts.Duplicates;
using Platform.Contacts.Imports;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Data;
using Platform.Deals.V1;
using Platform.Hosting;
using Platform.Invocation;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Contacts).AddDatabase<ContactsDbContext>(DaprNames.Contacts);
builder.Services.AddContacts(builder.Configuration);

var app = builder.Build();
app.MapPlatform(events => events.On<DealDeleted, ContactsDbContext>(OnDealDeleted.Handle));
app.MapGrpcService<CompaniesService>();
app.MapGrpcService<PeopleService>();
app.MapGrpcService<LeadsService>();
app.MapGrpcService<ActivitiesService>();
app.MapGrpcService<DuplicatesService>();
app.MapGrpcService<ImportsService>();
app.MapGrpcService<ContactsAccessService>();
app.MapImports();
app.Run();
