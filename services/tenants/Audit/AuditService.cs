using Google.Api;
using Grpc.Core;
using Platform.Access;
using Platform.Auditing;
using Platform.Errors;

namespace Platform.Tenants.Audit;

/// <summary>The RPC table of the tenant's whole log.</summary>
internal sealed class AuditService(ServiceLogs logs, TenantsDbContext db) : Platform.Audit.V1.AuditService.AuditServiceBase
{
    [Permission(AuditPermissions.Read)]
    public override Task<Platform.Audit.V1.ListEntriesResponse> ListEntries(Platform.Audit.V1.ListEntriesRequest request, ServerCallContext context) =>
        Audit.ListEntries.Handle(request, logs, context.CancellationToken).Reply();

    [Permission(AuditPermissions.Export)]
    public override Task ExportEntries(
        Platform.Audit.V1.ExportEntriesRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        Audit.ExportEntries.Handle(
            request, new ExportFile(responseStream, request.Format, Problems.IsGrpc(context.GetHttpContext().Request.ContentType)), logs, db, context.CancellationToken);

    [Permission(AuditPermissions.Read)]
    public override Task<Platform.Audit.V1.VerifyAuditResponse> VerifyAudit(Platform.Audit.V1.VerifyAuditRequest request, ServerCallContext context) =>
        Audit.VerifyAudit.Handle(logs, db, context.CancellationToken);
}
