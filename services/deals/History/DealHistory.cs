using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Platform.Deals.Deals;

namespace Platform.Deals.History;

/// <summary>Writes down what a save is about to change of deals, whichever call it belongs to.</summary>
internal static class DealHistory
{
    public static void Follow(DealsDbContext db, DateTimeOffset now)
    {
        // A save that is tried again writes anew.
        foreach (var entry in db.ChangeTracker.Entries<DealChange>().Where(entry => entry.State == EntityState.Added).ToList())
            entry.State = EntityState.Detached;
        foreach (var entry in db.ChangeTracker.Entries<Deal>().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList())
            Follow(db, entry, now);
    }

    private static void Follow(DealsDbContext db, EntityEntry<Deal> entry, DateTimeOffset now)
    {
        var from = entry.State == EntityState.Added ? DealState.None : DealState.Before(entry);
        var to = entry.State == EntityState.Deleted ? DealState.None : DealState.Of(entry.Entity);
        if (!from.IsFollowedBy(to))
            return;
        var deal = entry.Entity;
        var number = entry.State == EntityState.Added ? 1 : entry.Property(known => known.Changes).OriginalValue + 1;
        deal.Count(number);
        db.Changes.Add(DealChange.Create(deal.Id, number, from, to, db.Caller, entry.State == EntityState.Deleted ? now : deal.UpdateTime));
    }
}
