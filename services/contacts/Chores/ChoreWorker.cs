using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Contacts.Activities;
using Platform.Contacts.Leads.Converting;
using Platform.Contacts.Merging;
using Platform.Tenancy;

namespace Platform.Contacts.Chores;

/// <summary>Does what is due and short, each in a scope of its tenant and in one transaction with the end of the work.</summary>
internal sealed partial class ChoreWorker(
    IServiceScopeFactory scopes, ChoreQueue queue, ChoreSignal signal, TimeProvider time, IOptions<ContactsOptions> options, ILogger<ChoreWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Short.RunAsync(
        (due, token) => DoAsync(due.Tenant, due.Kind, due.Subject, token), token => signal.WaitAsync(options.Value.Poll, token),
        failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task DoAsync(Guid tenant, ChoreKind kind, Guid subject, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "chores");
        var db = scope.ServiceProvider.GetRequiredService<ContactsDbContext>();
        await db.InTransactionAsync(async () =>
        {
            if (kind == ChoreKind.Remind)
                return await Reminders.TellAsync(db, subject, cancellationToken);
            if (kind == ChoreKind.SettleConversion)
                return await scope.ServiceProvider.GetRequiredService<SettleConversion>().EndAsync(subject, cancellationToken);
            if (await db.Chores.SingleOrDefaultAsync(row => row.Kind == kind && row.SubjectId == subject, cancellationToken) is not { } chore)
                return false;
            if (kind == ChoreKind.ForgetDeal)
                await Timeline.ForgetDealAsync(db, subject, cancellationToken);
            else
                await MergeLog.ForgetAsync(db, subject, time.GetUtcNow(), cancellationToken);
            db.Chores.Remove(chore);
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Work that was due could not be done ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
