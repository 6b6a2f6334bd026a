using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields.V1;
using Platform.Events;

namespace Platform.Records.Links;

/// <summary>Of a field that is gone for good, the links go too: another one may come by its name.</summary>
internal static class OnRelationPurged
{
    public static async Task Handle(FieldsChanged message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken)
    {
        if (!message.Purged || !message.Field.Resource.StartsWith(ResourceCatalogue.ObjectPrefix, StringComparison.Ordinal))
            return;
        var (source, field) = (message.Field.Resource[ResourceCatalogue.ObjectPrefix.Length..], message.Field.Key);
        await db.Links.Where(link => link.SourceKey == source && link.FieldKey == field).ExecuteDeleteAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}
