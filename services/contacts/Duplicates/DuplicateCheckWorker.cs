using Microsoft.Extensions.Options;
using Platform.Tenancy;

namespace Platform.Contacts.Duplicates;

/// <summary>Compares what was written with what is there, some records of one tenant at a time, in one transaction with the end of the work.</summary>
internal sealed partial class DuplicateCheckWorker(
    IServiceScopeFactory scopes, DuplicateCheckQueue queue, DuplicateCheckSignal signal, IOptions<ContactsOptions> options, ILogger<DuplicateCheckWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        (due, token) => DoAsync(due.Tenant, due.Check, token), token => signal.WaitAsync(options.Value.Poll, token),
        failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task DoAsync(Guid tenant, Guid check, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "duplicates");
        var db = scope.ServiceProvider.GetRequiredService<ContactsDbContext>();
        await db.InTransactionAsync(() => CheckDuplicates.RunAsync(db, check, cancellationToken), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Records could not be compared ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
