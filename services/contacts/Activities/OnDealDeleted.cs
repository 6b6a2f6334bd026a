using Platform.Contacts.Bulk;
using Platform.Deals.V1;
using Platform.Events;

namespace Platform.Contacts.Activities;

/// <summary>A deal is gone: what is about nothing else goes too, at once or when the deal cannot come back any more.</summary>
internal static class OnDealDeleted
{
    public static Task Handle(DealDeleted message, EventContext context, ContactsDbContext db, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        await db.ForgetDealAsync(Guid.Parse(message.Id), cancellationToken);
        if (message.Restorable)
            await KeptDeals.KeepAsync(db, Guid.Parse(message.Id), context, cancellationToken);
        else
            await Timeline.ForgetDealAsync(db, Guid.Parse(message.Id), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }, cancellationToken);
}
