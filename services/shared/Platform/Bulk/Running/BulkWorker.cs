using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Auditing;
using Platform.Data;
using Platform.Events;

namespace Platform.Bulk;

/// <summary>Works on jobs in turns, so that a large one does not hold up all others, and lets go of old ones.</summary>
internal sealed partial class BulkWorker(
    BulkQueue queue, BulkRun run, BulkForgetting forgetting, BulkScopes scopes, BulkSignal signal, OutboxSignal published, AuditSignal audited, TimeProvider time, IOptions<BulkOptions> options, ILogger<BulkWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Turns.RunAsync(
        (due, token) => due.Kind == BulkChoreKind.Forget ? forgetting.RunAsync(due.Tenant, due.Job, token) : RunAsync(due.Tenant, due.Job, token),
        token => signal.WaitAsync(options.Value.Poll, token), failure => LogFailed(logger, failure.Message), stoppingToken);

    private Task RunAsync(Guid tenant, Guid job, CancellationToken cancellationToken) => scopes.KeepAsync(tenant, job, async () =>
    {
        var began = time.GetTimestamp();
        while (await run.StepAsync(tenant, job, cancellationToken))
        {
            // The change tracker does not know all that was written.
            published.Set();
            audited.Set();
            if (time.GetElapsedTime(began) > Turn)
                return false;
        }

        return true;
    });

    [LoggerMessage(Level = LogLevel.Warning, Message = "Work on many records could not go on ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}

/// <summary>Writes the files of exports.</summary>
internal sealed partial class BulkExportWorker(BulkQueue queue, BulkExportRun run, BulkScopes scopes, BulkExportSignal signal, IOptions<BulkOptions> options, ILogger<BulkExportWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Exports.RunAsync(
        (due, token) => scopes.KeepAsync(due.Tenant, due.Job, async () =>
        {
            await run.RunAsync(due.Tenant, due.Job, token);
            return true;
        }),
        token => signal.WaitAsync(options.Value.Poll, token), failure => LogFailed(logger, failure.Message), stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A file of records could not be written ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
