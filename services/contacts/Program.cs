using Platform.Contacts;
using Platform.Contacts.Imports;
using Platform.Data;
using Platform.Hosting;
using Platform.Invocation;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Contacts).AddDatabase<ContactsDbContext>(DaprNames.Contacts);
builder.Services.AddContacts(builder.Configuration);

var app = builder.Build();
app.MapPlatform(ContactsSetup.Subscribe);
app.MapContacts();
app.MapImports();
app.Run();
