using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.CustomFields;
using Platform.Data;
using Platform.Tenancy;

namespace Platform.Contacts.Leads.Scoring;

/// <summary>Applies rules to all leads, each company's in a scope of its tenant, page by page.</summary>
internal sealed partial class ScoreRunWorker(
    IServiceScopeFactory scopes, ScoreRunQueue queue, ScoreRunSignal signal, TimeProvider time, IOptions<ContactsOptions> options, ILogger<ScoreRunWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        DoAsync, token => signal.WaitAsync(options.Value.Poll, token), failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task DoAsync(Guid tenant, CancellationToken cancellationToken)
    {
        for (var isMore = true; isMore;)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "lead-scoring");
            var db = scope.ServiceProvider.GetRequiredService<ContactsDbContext>();
            await scope.ServiceProvider.GetRequiredService<CustomFieldDirectory>().RequireAsync(db.Caller, cancellationToken);
            // Who had begun to write by then may not have known of the rules.
            var begins = await db.ScoreRuns.Where(run => run.Cursor == null).Select(run => run.DueTime).SingleOrDefaultAsync(cancellationToken);
            if (begins is not null)
                await db.WaitForWritersAsync(cancellationToken);
            isMore = await db.InTransactionAsync(() => ScoreLeads.PageAsync(db, begins, time, cancellationToken), cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Leads could not be scored ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
