using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Data;
using Platform.Errors;
using Platform.Records.Objects;
using Platform.Undoing;

namespace Platform.Records.Links;

/// <summary>Takes a deletion back with all that followed from it: what went along is restored, what was emptied has its value again.</summary>
internal sealed class Restoration(RecordsDbContext db, TenantFields fields, DateTimeOffset now)
{
    private readonly Dictionary<Guid, Record> _restored = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<RecordLink> _emptied = [];
    private readonly HashSet<Record> _changed = [];
    private readonly Dictionary<Record, DateTimeOffset> _left = [];

    /// <summary>Restores the record, which is locked, and saves; what is wrong where that is refused.</summary>
    public async Task<Error?> RestoreAsync(Record root, CancellationToken cancellationToken)
    {
        var waiting = new Queue<Record>([root]);
        _restored[root.Id] = root;
        while (waiting.TryDequeue(out var next))
        {
            foreach (var along in (await FollowersAsync(next, root, cancellationToken)).Where(along => _restored.TryAdd(along.Id, along)))
                waiting.Enqueue(along);
        }

        if (await LetGoAsync(cancellationToken) is { } missing)
            return missing;
        foreach (var record in _restored.Values)
        {
            if (record.LeftTime is { } left && !_changed.Contains(record))
                _left[record] = left;
            record.Undelete(now);
            db.Publish(record.Id, new V1.RecordRestored { Record = record.ToMessage() });
        }

        db.Purges.RemoveRange(await db.Purges.Where(purge => _restored.Keys.Contains(purge.RecordId)).ToListAsync(cancellationToken));
        if (await db.TrySaveChangesAsync(cancellationToken) is { } refused)
            return refused;
        // What is put back leads to what is restored by now.
        await PutBackAsync(cancellationToken);
        if (await db.TrySaveChangesAsync(cancellationToken) is { } fault)
            return fault;
        // What went along is as it was, like what was chosen: jobs and imports before that can be taken back as well.
        foreach (var kind in _left.GroupBy(one => one.Key.AccessResource().Info.Name))
            await LeftBehind.FollowAsync(db, kind.Key, [.. kind.Select(one => new BroughtBack(one.Key.Id, one.Value, one.Key.UpdateTime))], isImported: true, cancellationToken);
        return null;
    }

    // Links may be many, and what went along is not: it is found by its cause.
    private async Task<IEnumerable<Record>> FollowersAsync(Record next, Record root, CancellationToken cancellationToken)
    {
        _emptied.AddRange(await db.Links.Where(link => link.TargetId == next.Id && link.ClearedWith == root.Id).ToListAsync(cancellationToken));
        var followers = new List<Record>();
        var keys = await db.Links.Where(link => link.TargetId == next.Id && link.ClearedWith == null).Select(link => link.SourceKey).Distinct().ToListAsync(cancellationToken);
        foreach (var key in keys.Where(_asked.Add).Order(StringComparer.Ordinal))
            followers.AddRange(await db.LockGoneWithAsync(key, root.Id, cancellationToken));
        return followers;
    }

    // What was deleted meanwhile, while these were: nobody asked whether they need it.
    private async Task<Error?> LetGoAsync(CancellationToken cancellationToken)
    {
        var leading = _restored.Values.SelectMany(record => Relations.Of(fields.Of(record.AccessResource().Info.Name), record.CustomFields).Select(relation => (Record: record, Relation: relation)))
            .Where(one => one.Relation.IsAmongRecords && Relations.RuleOf(one.Relation.Field) != RelationDeletion.Unspecified && !_restored.ContainsKey(one.Relation.Target)).ToList();
        var inUse = await db.HoldAsync(leading.Select(one => one.Relation.Target), cancellationToken);
        foreach (var (record, relation) in leading.Where(one => !inUse.Contains(one.Relation.Target)))
        {
            if (Relations.RuleOf(relation.Field) != RelationDeletion.Clear)
                return RecordErrors.NeedsDeleted(relation.Field.Label, relation.Target);
            record.Clear(relation.Field.Key, relation.Target, now);
            _changed.Add(record);
        }

        return null;
    }

    private async Task PutBackAsync(CancellationToken cancellationToken)
    {
        foreach (var group in _emptied.GroupBy(link => link.SourceKey, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var sources = (await db.LockAsync(RecordKinds.Of(group.Key), group.Select(link => link.SourceId), cancellationToken)).ToDictionary(source => source.Id);
            var changed = new HashSet<Record>();
            foreach (var link in group)
            {
                if (Relations.FieldOf(fields, link) is { } field && sources.GetValueOrDefault(link.SourceId) is { } source && source.PutBack(field, link.TargetId, now))
                    changed.Add(source);
                else
                    db.Links.Remove(link);
            }

            foreach (var source in changed)
                db.Publish(source.Id, new V1.RecordUpdated { Record = source.ToMessage() });
        }
    }
}
