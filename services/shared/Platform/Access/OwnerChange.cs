using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.Access;

/// <summary>A record that another person looks after once it is saved.</summary>
/// <param name="Row">The record.</param>
/// <param name="From">Who did; null for nobody.</param>
public sealed record OwnerChange(ProtectedEntity Row, Guid? From)
{
    /// <summary>Who does.</summary>
    public Guid? To => Row.OwnerId;

    /// <summary>Its kind.</summary>
    public string Resource => Row.AccessResource().Info.Name;

    /// <summary>Publishes an event for each record that a save is about to give to somebody else, whichever call it belongs to.</summary>
    /// <param name="db">The unit of work that is about to be saved.</param>
    /// <param name="tell">The event; null for a kind of which nobody is told.</param>
    public static void Publish(PlatformDbContext db, Func<OwnerChange, IMessage?> tell)
    {
        foreach (var entry in db.ChangeTracker.Entries<ProtectedEntity>().Where(entry => entry.State == EntityState.Modified).ToList())
        {
            var change = new OwnerChange(entry.Entity, entry.Property(row => row.OwnerId).OriginalValue);
            if (change.From == change.To || tell(change) is not { } message)
                continue;
            db.Withdraw(entry.Entity.Id, message.Descriptor);
            db.Publish(entry.Entity.Id, message);
        }
    }
}
