using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Automation.Processes;

/// <summary>The RPC table of processes.</summary>
internal sealed class ProcessesService(AutomationDbContext db) : V1.ProcessesService.ProcessesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListProcessesResponse> ListProcesses(V1.ListProcessesRequest request, ServerCallContext context) =>
        Processes.ListProcesses.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Process> GetProcess(V1.GetProcessRequest request, ServerCallContext context) =>
        Processes.GetProcess.Handle(request, db, context.CancellationToken).Reply();
}
