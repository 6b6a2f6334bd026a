using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

// A small application in a process of its own, so that tests can kill its host. Arguments: its folder, then the command line.
var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = args[0], Args = args[1..] });
var postgres = builder.AddPostgres("postgres").WithPgWeb();
var things = postgres.AddDatabase("things");
builder.AddExecutable("family", "sh", ".", "-c", "sleep 1001 & sleep 1002 & wait").WithReference(things).WaitFor(postgres)
    .WithCommand("greet", "Greet", static context => Task.FromResult(CommandResults.Success($"Good day, {context.Arguments["name"].Value}.")), new CommandOptions
    {
        ConfirmationMessage = "Out loud?",
        Arguments = [new InteractionInput { Name = "name", InputType = InputType.Text, Required = true }],
    });
builder.AddExecutable("stubborn", "sh", ".", "-c", "trap '' TERM; while :; do sleep 1003; done");
if (builder.Configuration["Facts:Ask"] is not null)
    builder.AddExecutable("asking", "sleep", ".", "1000").WithEnvironment("KEY", builder.AddParameter("api-key", secret: true));
builder.Build().Run();
