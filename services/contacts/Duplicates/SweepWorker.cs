using Microsoft.Extensions.Options;
using Platform.Contacts.Chores;
using Platform.Tenancy;

namespace Platform.Contacts.Duplicates;

/// <summary>Compares the records of whole companies, beside what is due and short: nobody's reminder waits for a large company.</summary>
internal sealed partial class SweepWorker(
    IServiceScopeFactory scopes, ChoreQueue queue, SweepSignal signal, TimeProvider time, IOptions<ContactsOptions> options, ILogger<SweepWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Long.RunAsync(
        (due, token) => DoAsync(due.Tenant, token), token => signal.WaitAsync(options.Value.Poll, token),
        failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task DoAsync(Guid tenant, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "chores");
        await DuplicateSweep.RunAsync(scope.ServiceProvider.GetRequiredService<ContactsDbContext>(), time, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A company's records could not be compared ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
