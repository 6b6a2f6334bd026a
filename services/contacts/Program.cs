using Platform.Contacts;
using Platform.Contacts.Activities;
using Platform.Contacts.Bulk;
using Platform.Contacts.Companies;
using Platform.Contacts.Duplicates;
using Platform.Contacts.Imports;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Contacts.Segments;
using Platform.Data;
using Platform.Hosting;
using Platform.Invocation;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Contacts).AddDatabase<ContactsDbContext>(DaprNames.Contacts);
builder.Services.AddContacts(builder.Configuration);

var app = builder.Build();
app.MapPlatform(ContactsSetup.Subscribe);
app.MapGrpcService<CompaniesService>();
app.MapGrpcService<PeopleService>();
app.MapGrpcService<LeadsService>();
app.MapGrpcService<ActivitiesService>();
app.MapGrpcService<DuplicatesService>();
app.MapGrpcService<SegmentsService>();
app.MapGrpcService<BulkService>();
app.MapGrpcService<ContactsAccessService>();
app.MapImports();
app.Run();
