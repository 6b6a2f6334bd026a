using Aspire.Hosting;

// A small application in a process of its own, so that tests can kill its host. Arguments: its folder, then the command line.
var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = args[0], Args = args[1..] });
var postgres = builder.AddPostgres("postgres");
var things = postgres.AddDatabase("things");
builder.AddExecutable("family", "sh", ".", "-c", "sleep 1001 & sleep 1002 & wait").WithReference(things).WaitFor(postgres);
builder.AddExecutable("stubborn", "sh", ".", "-c", "trap '' TERM; while :; do sleep 1003; done");
builder.Build().Run();
