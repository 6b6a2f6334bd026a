using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.CustomFields.Relations;
using Platform.CustomFields.V1;
using Platform.Records.Objects;

namespace Platform.Records.Links;

/// <summary>
/// What follows for records that led to a built-in one which is gone. Each link is dropped when its record is done, so the work goes
/// on after a crash where it stopped.
/// </summary>
internal sealed class Following(RecordsDbContext db, TenantFields fields, RecordOptions options, DateTimeOffset now)
{
    private const int BatchSize = 200;

    /// <summary>Does a part, in the open transaction, and saves; whether all is done.</summary>
    public async Task<bool> StepAsync(Guid target, CancellationToken cancellationToken)
    {
        var links = await db.Links.Where(link => link.TargetId == target).OrderBy(link => link.SourceId).ThenBy(link => link.FieldKey).Take(BatchSize).ToListAsync(cancellationToken);
        if (links.Count == 0)
            return true;
        // A deletion finds what follows from it among what is saved: one at a time.
        if (links.Where(link => RuleOf(link) != RelationDeletion.Delete).ToList() is { Count: > 0 } lighter)
            await LetGoAsync(lighter, cancellationToken);
        else
            await DeleteAsync(links[0], cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return false;
    }

    private RelationDeletion RuleOf(RecordLink link) => Relations.FieldOf(fields, link) is { } field ? Relations.RuleOf(field) : RelationDeletion.Unspecified;

    private async Task LetGoAsync(List<RecordLink> links, CancellationToken cancellationToken)
    {
        foreach (var group in links.GroupBy(link => link.SourceKey, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            // Deleted ones too: they may be restored.
            var sources = (await db.LockAsync(RecordKinds.Of(group.Key, RecordState.Any), group.Select(link => link.SourceId), cancellationToken)).ToDictionary(source => source.Id);
            var emptied = new HashSet<Record>();
            foreach (var link in group)
            {
                if (RuleOf(link) == RelationDeletion.Clear && sources.GetValueOrDefault(link.SourceId) is { } source && RelationValues.Of(source.CustomFields, link.FieldKey).Contains(link.TargetId))
                {
                    source.Clear(link.FieldKey, link.TargetId, now);
                    emptied.Add(source);
                }
            }

            foreach (var source in emptied.Where(source => source.DeleteTime is null))
                db.Publish(source.Id, new V1.RecordUpdated { Record = source.ToMessage() });
        }

        db.Links.RemoveRange(links);
    }

    // Where another record needs this one, it stays, and goes on naming what is gone.
    private async Task DeleteAsync(RecordLink link, CancellationToken cancellationToken)
    {
        var sources = await db.LockAsync(RecordKinds.Of(link.SourceKey), [link.SourceId], cancellationToken);
        if (sources is [var source] && RelationValues.Of(source.CustomFields, link.FieldKey).Contains(link.TargetId))
            await new Cascade(db, fields, options, now).DeleteAsync(source, cancellationToken);
        db.Links.Remove(link);
    }
}
