using Platform.Contacts;
using Platform.Contacts.Companies;
using Platform.Data;
using Platform.Hosting;
using Platform.Invocation;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Contacts).AddDatabase<ContactsDbContext>(DaprNames.Contacts);
builder.Services.AddContacts();

var app = builder.Build();
app.MapPlatform();
app.MapGrpcService<CompaniesService>();
app.Run();
