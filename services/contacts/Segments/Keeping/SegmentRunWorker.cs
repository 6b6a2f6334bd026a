using Microsoft.Extensions.Options;
using Platform.CustomFields;
using Platform.Data;
using Platform.Tenancy;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>Applies expressions to all records, each in a scope of its tenant, page by page.</summary>
internal sealed partial class SegmentRunWorker(
    IServiceScopeFactory scopes, SegmentRunQueue queue, SegmentRunSignal signal, TimeProvider time, IOptions<ContactsOptions> options, ILogger<SegmentRunWorker> logger) : BackgroundService
{
    // The clock that says what is due is another one.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    // When some expression is looked at again whose roll-ups are being counted.
    private DateTimeOffset? _again;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        (due, token) => DoAsync(due.Tenant, due.Segment, token), WaitAsync,
        failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task DoAsync(Guid tenant, Guid segment, CancellationToken cancellationToken)
    {
        var step = SegmentStep.More;
        while (step == SegmentStep.More)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "segments");
            var db = scope.ServiceProvider.GetRequiredService<ContactsDbContext>();
            await scope.ServiceProvider.GetRequiredService<CustomFieldDirectory>().RequireAsync(db.Caller, cancellationToken);
            var begins = await EvaluateSegment.BeginsAsync(db, segment, cancellationToken);
            if (begins is not null)
                await db.WaitForWritersAsync(cancellationToken);
            step = await db.InTransactionAsync(() => EvaluateSegment.PageAsync(db, segment, begins, time, cancellationToken), cancellationToken);
        }

        if (step == SegmentStep.Later)
            _again = time.GetUtcNow() + EvaluateSegment.WhileCounting + Margin;
    }

    // Nobody says that something was counted.
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var pause = _again - time.GetUtcNow();
        await signal.WaitAsync(pause is { } left && left < options.Value.Poll ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : options.Value.Poll, cancellationToken);
        if (_again <= time.GetUtcNow())
            _again = null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The expression of a segment could not be applied ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
