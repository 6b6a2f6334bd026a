using Microsoft.EntityFrameworkCore;
using Platform.Audit.V1;
using Platform.Auditing;

namespace Platform.Tenants.Audit;

/// <summary>Every chain of the tenant, computed anew where it is kept, and compared with the heads that are noted here.</summary>
internal static class VerifyAudit
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task<VerifyAuditResponse> Handle(ServiceLogs logs, TenantsDbContext db, CancellationToken cancellationToken)
    {
        var response = new VerifyAuditResponse();
        foreach (var service in ServiceLogs.All)
            response.Chains.Add(await VerifyAsync(service, logs, db, cancellationToken));
        response.Intact = response.Chains.All(chain => chain.Finding is null);
        return response;
    }

    private static async Task<ChainReport> VerifyAsync(string service, ServiceLogs logs, TenantsDbContext db, CancellationToken cancellationToken)
    {
        var client = logs.Of(service);
        // Noted before the chain is walked: it is at least as long as these.
        var noted = await db.NotedHeads.AsNoTracking().Where(head => head.Service == service).OrderBy(head => head.Sequence)
            .Select(head => new Head { Sequence = head.Sequence, Hash = head.Hash }).ToListAsync(cancellationToken);
        var report = await WalkAsync(client, cancellationToken);
        report.Heads = noted.Count;
        foreach (var heads in noted.Chunk(AuditLimits.Heads))
        {
            if (report.Finding is not null)
                break;
            var compared = await ServiceLogs.AskAsync(client.CompareHeadsAsync(new CompareHeadsRequest { Heads = { heads } }, cancellationToken: cancellationToken));
            report.Finding = compared.Finding;
        }

        return report;
    }

    private static async Task<ChainReport> WalkAsync(AuditLogService.AuditLogServiceClient client, CancellationToken cancellationToken)
    {
        var report = new ChainReport();
        do
        {
            var request = new VerifyLogRequest { AfterSequence = report.Sequence, AfterHash = report.Hash };
            report = await ServiceLogs.AskAsync(client.VerifyLogAsync(request, deadline: DateTime.UtcNow + Deadline, cancellationToken: cancellationToken));
        }
        while (report is { Partial: true, Finding: null });
        return report;
    }
}
