using Platform.Data;
using Platform.Hosting;
using Platform.Invocation;
using Platform.Search;
using Platform.Search.Customers;
using Platform.Search.Feeding;
using Platform.Search.Rebuilding;
using Platform.Search.Searching;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Search).AddDatabase<SearchDbContext>(DaprNames.Search);
builder.Services.AddSearch();

var app = builder.Build();
app.MapPlatform(events => events.FeedIndex());
app.MapGrpcService<SearchService>();
app.MapGrpcService<CustomersService>();
app.MapGrpcService<RebuildsService>();
app.Run();
