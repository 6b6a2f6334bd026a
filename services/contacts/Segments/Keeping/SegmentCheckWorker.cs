using Microsoft.Extensions.Options;
using Platform.CustomFields;
using Platform.Tenancy;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>Looks at what was written, some records of one tenant at a time, in one transaction with the end of the work.</summary>
internal sealed partial class SegmentCheckWorker(
    IServiceScopeFactory scopes, SegmentCheckQueue queue, SegmentCheckSignal signal, TimeProvider time, IOptions<ContactsOptions> options, ILogger<SegmentCheckWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        (due, token) => DoAsync(due.Tenant, due.Check, token), token => signal.WaitAsync(options.Value.Poll, token),
        failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task DoAsync(Guid tenant, Guid check, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "segments");
        var db = scope.ServiceProvider.GetRequiredService<ContactsDbContext>();
        await scope.ServiceProvider.GetRequiredService<CustomFieldDirectory>().RequireAsync(db.Caller, cancellationToken);
        await db.InTransactionAsync(() => CheckSegments.RunAsync(db, check, time, cancellationToken), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Members of segments could not be looked at ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
