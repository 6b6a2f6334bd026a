using System.CommandLine;
using Platform.Benchmarks;
using Platform.Benchmarks.Crm;
using Platform.Benchmarks.Fields;
using Platform.Benchmarks.Router;
using Platform.Benchmarks.Sidecar;
using Platform.Demo;
using Platform.LocalPostgres;
using Spectre.Console;

if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = 160;
var gateway = AddressOption.Create("--gateway", "Public address of the gateway.", "http://localhost:8000");
var identity = AddressOption.Create("--identity", "Public address of the identity server.", "http://localhost:8080");
var postgres = new Option<string>("--postgres") { Required = true, Description = "Superuser connection string of the server that the stack uses, so that both sides share it." };
var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 3, Description = "Length of one turn." };
var turns = new Option<int>("--turns") { DefaultValueFactory = _ => 5, Description = "Turns of each side." };
var json = new Option<FileInfo?>("--json") { Description = "Where to write the figures." };
var door = new RootCommand("crud-door: create and list people through gateway and sidecar, everything on, against a bare endpoint with the same SQL.") { gateway, identity, postgres, seconds, turns, json };
door.SetAction((parsed, cancellationToken) => CrudDoor.RunAsync(
    new CrudDoorSettings(
        parsed.GetRequiredValue(gateway), parsed.GetRequiredValue(identity), parsed.GetRequiredValue(postgres),
        TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(turns), parsed.GetValue(json)),
    cancellationToken));
var database = new Argument<string>("connection");
var bare = new Command("bare", "The yardstick: a minimal ASP.NET Core and Npgsql endpoint.") { database };
bare.SetAction((parsed, cancellationToken) => BareEndpoint.RunAsync(parsed.GetRequiredValue(database), cancellationToken));
door.Add(bare);
var window = new Option<int>("--window") { DefaultValueFactory = _ => 20, Description = "Seconds over which processor time is taken." };
var footprint = new Command("footprint", "Memory and processor time of a running stack, from the standard input: ps --json.") { window };
footprint.SetAction((parsed, cancellationToken) => Footprint.RunAsync(TimeSpan.FromSeconds(parsed.GetValue(window)), cancellationToken));
door.Add(footprint);
var server = new Option<string?>("--postgres") { Description = "Superuser connection string of a server; without it a throwaway one is started." };
Add("workflows", "Workflows of three activities a second through the local sidecar, on PostgreSQL.", WorkflowRate.RunAsync);
Add("hop", "One hop through the local sidecar beside one through a bare YARP: time added and processor time a call.", HopCost.RunAsync);
var destination = new Argument<int>("port");
var yarp = new Command("yarp", "The yardstick of a hop: forwards everything to a port.") { destination };
yarp.SetAction((parsed, cancellationToken) => YarpHop.RunAsync(parsed.GetRequiredValue(destination), cancellationToken));
door.Add(yarp);
Add("sidecar", "The local sidecar with twenty apps and nothing to do.", SidecarFootprint.RunAsync);
Add("pubsub", "Events through one sidecar and the embedded broker: how many a second, and how long one takes.", PubSubLoad.RunAsync);
Add("router", "What row-level security and router add to the time of a create and of a list.", RouterCost.RunAsync);
Add("router-service", "The same within the contacts service, everything else of it on.", ServiceCost.RunAsync);
Add("fields", "Lists with custom fields over a million rows, through services' doors beside SQL with the same index.", FieldCost.RunAsync);
Add("field-writes", "Making a record with fifty custom fields beside one without, through the service's door.", FieldWrites.RunAsync);
var (contacts, deals, activities) = (Count("--contacts", 1_000_000, "People and companies."), Count("--deals", 200_000, "Deals."), Count("--activities", 5_000_000, "Entries of timelines."));
var (companies, calls) = (Count("--companies", 200, "Small companies beside it."), Count("--calls", 100, "Calls of each kind."));
var crm = new Command("crm", "What people do all day in a large company, with small ones beside it, through services' doors beside SQL for the same rows.") { server, contacts, deals, activities, companies, calls };
crm.SetAction(async (parsed, cancellationToken) =>
{
    await using var throwaway = parsed.GetValue(server) is null ? await TestPostgres.StartThrowawayAsync(cancellationToken: cancellationToken) : null;
    var size = new CrmSize(parsed.GetValue(contacts), parsed.GetValue(deals), parsed.GetValue(activities));
    return await CrmCost.RunAsync(parsed.GetValue(server) ?? throwaway!.ConnectionString, size, parsed.GetValue(companies), parsed.GetValue(calls), cancellationToken);
});
door.Add(crm);
var check = new Command("check", "Processor time of the check of one request: token, membership, permission, row rule.") { seconds };
check.SetAction((parsed, cancellationToken) => RequestCheck.RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellationToken));
door.Add(check);
return await door.Parse(args).InvokeAsync();

static Option<int> Count(string name, int usual, string description) => new(name) { DefaultValueFactory = _ => usual, Description = description };

void Add(string name, string description, Func<string, TimeSpan, CancellationToken, Task<int>> run)
{
    var command = new Command(name, description) { server, seconds };
    command.SetAction(async (parsed, cancellationToken) =>
    {
        await using var throwaway = parsed.GetValue(server) is null ? await TestPostgres.StartThrowawayAsync(cancellationToken: cancellationToken) : null;
        return await run(parsed.GetValue(server) ?? throwaway!.ConnectionString, TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellationToken);
    });
    door.Add(command);
}
