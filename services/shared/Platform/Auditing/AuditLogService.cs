using Grpc.Core;
using Platform.Access;
using Platform.Data;
using Platform.Errors;

namespace Platform.Auditing;

/// <summary>The RPC table of a service's own log; every service with a database has it.</summary>
internal sealed class AuditLogService(UnitOfWork unit, DatabaseNames names, AuditRedaction redact) : Audit.V1.AuditLogService.AuditLogServiceBase
{
    [Permission(AuditPermissions.Read)]
    public override Task<Audit.V1.ReadLogResponse> ReadLog(Audit.V1.ReadLogRequest request, ServerCallContext context) =>
        Auditing.ReadLog.Handle(request, unit.Context, names.AppId, redact, context.CancellationToken).Reply();

    [Permission(AuditPermissions.Read)]
    public override Task<Audit.V1.ChainReport> VerifyLog(Audit.V1.VerifyLogRequest request, ServerCallContext context) =>
        Auditing.VerifyLog.Handle(request, unit.Context, names.AppId, context.CancellationToken).Reply();

    [Permission(AuditPermissions.Read)]
    public override Task<Audit.V1.CompareHeadsResponse> CompareHeads(Audit.V1.CompareHeadsRequest request, ServerCallContext context) =>
        Auditing.CompareHeads.Handle(request, unit.Context, context.CancellationToken).Reply();
}
