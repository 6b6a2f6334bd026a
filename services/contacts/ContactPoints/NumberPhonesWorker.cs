using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Contacts.Chores;
using Platform.Tenancy;

namespace Platform.Contacts.ContactPoints;

/// <summary>Goes through a company's phones after the update that keeps them as E.164, page by page; what a crash leaves is begun again.</summary>
internal sealed partial class NumberPhonesWorker(
    IServiceScopeFactory scopes, ChoreQueue queue, NumberPhonesSignal signal, IOptions<ContactsOptions> options, ILogger<NumberPhonesWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Updates.RunAsync(
        (due, token) => DoAsync(due.Tenant, due.Subject, token), token => signal.WaitAsync(options.Value.Poll, token),
        failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task DoAsync(Guid tenant, Guid subject, CancellationToken cancellationToken)
    {
        foreach (var table in NumberPhones.Tables)
        {
            for (Guid? after = Guid.Empty; after is { } from;)
                after = await InScopeAsync(tenant, db => NumberPhones.PageAsync(db, table, from, cancellationToken));
        }

        await InScopeAsync(tenant, db => db.Chores.Where(chore => chore.Kind == ChoreKind.NumberPhones && chore.SubjectId == subject).ExecuteDeleteAsync(cancellationToken));
    }

    private async Task<T> InScopeAsync<T>(Guid tenant, Func<ContactsDbContext, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "chores");
        return await work(scope.ServiceProvider.GetRequiredService<ContactsDbContext>());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A company's phones could not be understood ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
