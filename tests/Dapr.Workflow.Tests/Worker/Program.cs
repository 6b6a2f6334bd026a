using Dapr.Workflow;
using Platform.Workflow.Worker;

// A worker in a process of its own, so that tests can kill it.
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton(new WorkLog(builder.Configuration["WORK_LOG"]));
builder.Services.AddDaprWorkflow(TestWorkflows.Register);
await builder.Build().RunAsync();
