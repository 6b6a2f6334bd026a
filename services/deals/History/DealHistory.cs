using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Platform.Data;
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
        var number = entry.State == EntityState.Added ? entry.Entity.FirstChange : entry.Property(known => known.Changes).OriginalValue + 1;
        deal.Count(number);
        if (entry.State == EntityState.Modified && from.StageId != to.StageId)
            Tell(db, deal, from);
        // One that comes back has the times that it had, and was away until now.
        var isBack = entry.State == EntityState.Added && number > 1;
        db.Changes.Add(DealChange.Create(deal.Id, number, from, to, db.Caller, entry.State == EntityState.Deleted || isBack ? now : deal.UpdateTime));
    }

    /// <summary>That somebody else looks after a deal.</summary>
    public static V1.OwnerChanged OwnerChanged(Deal deal, Guid? from) => new() { Id = deal.Id.ToString(), Name = deal.Name, FromOwnerId = from.ToIdText(), OwnerId = deal.OwnerId.ToIdText() };

    private static void Tell(DealsDbContext db, Deal deal, DealState from)
    {
        db.Withdraw(deal.Id, V1.DealStageChanged.Descriptor);
        db.Publish(deal.Id, new V1.DealStageChanged
        {
            Id = deal.Id.ToString(),
            Name = deal.Name,
            FromPipelineId = from.PipelineId.ToIdText(),
            FromStageId = from.StageId.ToIdText(),
            PipelineId = deal.PipelineId.ToIdText(),
            StageId = deal.StageId.ToIdText(),
        });
    }
}
