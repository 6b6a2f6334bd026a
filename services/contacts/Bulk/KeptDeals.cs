using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Bulk;
using Platform.Contacts.Chores;
using Platform.Deals.V1;
using Platform.Events;

namespace Platform.Contacts.Bulk;

/// <summary>
/// What is on the timelines of deals that a job of the deals service deleted: it stays while the job can be taken back, and nothing is hung on such
/// a deal meanwhile. Twice the time of an undo, which runs from the end of a job.
/// </summary>
internal static class KeptDeals
{
    public static async Task KeepAsync(ContactsDbContext db, Guid deal, EventContext context, CancellationToken cancellationToken)
    {
        await RemoveAsync(db, deal, cancellationToken);
        var within = context.Services.GetRequiredService<IOptions<BulkOptions>>().Value.UndoWithin;
        db.Chores.Add(Chore.Of(ChoreKind.ForgetDeal, deal, context.Time + within + within));
    }

    /// <summary>A deal is there again, and its entries are about it.</summary>
    public static Task Handle(DealRestored message, EventContext context, ContactsDbContext db, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        var deal = Guid.Parse(message.Id);
        await RemoveAsync(db, deal, cancellationToken);
        await db.DeletedDeals.Where(gone => gone.DealId == deal).ExecuteDeleteAsync(cancellationToken);
        return true;
    }, cancellationToken);

    private static Task<int> RemoveAsync(ContactsDbContext db, Guid deal, CancellationToken cancellationToken) =>
        db.Chores.Where(chore => chore.Kind == ChoreKind.ForgetDeal && chore.SubjectId == deal).ExecuteDeleteAsync(cancellationToken);
}
