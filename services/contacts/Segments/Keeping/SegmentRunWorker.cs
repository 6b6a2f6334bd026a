using Microsoft.Extensions.Options;
using Platform.CustomFields;
using Platform.Tenancy;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>Applies expressions to all records, each in a scope of its tenant, page by page.</summary>
internal sealed partial class SegmentRunWorker(
    IServiceScopeFactory scopes, SegmentRunQueue queue, SegmentRunSignal signal, TimeProvider time, IOptions<ContactsOptions> options, ILogger<SegmentRunWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        (due, token) => DoAsync(due.Tenant, due.Segment, token), token => signal.WaitAsync(options.Value.Poll, token),
        failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task DoAsync(Guid tenant, Guid segment, CancellationToken cancellationToken)
    {
        for (var isMore = true; isMore;)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "segments");
            var db = scope.ServiceProvider.GetRequiredService<ContactsDbContext>();
            await scope.ServiceProvider.GetRequiredService<CustomFieldDirectory>().LoadAsync(db.Caller, cancellationToken);
            isMore = await db.InTransactionAsync(() => EvaluateSegment.PageAsync(db, segment, time, cancellationToken), cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The expression of a segment could not be applied ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
