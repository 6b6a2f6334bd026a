using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.V1;
using Platform.Events;
using Platform.Publishing;

namespace Platform.Records.Publishing;

/// <summary>Writes down under which address the records of an object are public, and takes it away when they no longer are.</summary>
internal static class PublicObjects
{
    public static async Task FollowAsync(ObjectTypeChanged message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken)
    {
        var (known, id) = (message.ObjectType, Guid.Parse(message.ObjectType.Id));
        var isPublic = known.Publication is not null && known.DeleteTime is null && !message.Purged;
        var written = await db.PublicAddresses.SingleOrDefaultAsync(row => row.TargetId == id, cancellationToken);
        if (isPublic && written is null)
        {
            var site = await context.Services.GetRequiredService<PublicSites>().GetNameAsync(cancellationToken);
            db.PublicAddresses.Add(new PublicAddress { TargetId = id, AddressHash = PublicAddress.HashOf(PublishedScope.AddressOf(site)) });
        }
        else if (!isPublic && written is not null)
        {
            db.PublicAddresses.Remove(written);
        }
    }
}
