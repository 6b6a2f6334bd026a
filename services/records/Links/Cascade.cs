using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields;
using Platform.CustomFields.Relations;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Records.Objects;
using Platform.Records.Purging;
using static Platform.Languages.Wording;

namespace Platform.Records.Links;

/// <summary>
/// A deletion with all that follows from it by the rules of the fields that lead to the record: refused, emptied, or deleted too.
/// It is found out as a whole before anything changes; whoever may not change what follows may not delete.
/// </summary>
internal sealed class Cascade(RecordsDbContext db, TenantFields fields, RecordOptions options, DateTimeOffset now)
{
    private readonly List<Record> _deleted = [];
    private readonly HashSet<Guid> _going = [];
    private readonly List<Reference> _needs = [];
    private readonly List<Reference> _emptied = [];

    /// <summary>Marks the record, which is locked, and what follows; null where nothing forbids it.</summary>
    public async Task<Error?> DeleteAsync(Record root, CancellationToken cancellationToken)
    {
        var waiting = new Queue<Record>([root]);
        _going.Add(root.Id);
        while (waiting.TryDequeue(out var next))
        {
            _deleted.Add(next);
            foreach (var reference in await ReferencesAsync(next, cancellationToken))
            {
                switch (Relations.RuleOf(reference.Field))
                {
                    case RelationDeletion.Restrict:
                        _needs.Add(reference);
                        break;
                    case RelationDeletion.Delete when _going.Add(reference.Source.Id):
                        waiting.Enqueue(reference.Source);
                        break;
                    case RelationDeletion.Clear:
                        _emptied.Add(reference);
                        break;
                }
            }

            if (_going.Count + _emptied.Count + _needs.Count > options.MaxRelated)
                return TooMany();
        }

        // What goes along needs nothing, and has nothing to lose.
        if (_needs.Find(needs => !_going.Contains(needs.Source.Id)) is { } needed)
            return InUse(needed.Field);
        Apply(root);
        return null;
    }

    private void Apply(Record root)
    {
        foreach (var record in _deleted)
        {
            record.Delete(now, options.Grace, record == root ? null : root.Id);
            db.Purges.Add(RecordPurge.Of(record, now + options.Grace));
            db.Publish(record.Id, new V1.RecordDeleted { Id = record.Id.ToString(), Resource = record.AccessResource().Info.Name });
        }

        var left = _emptied.Where(emptied => !_going.Contains(emptied.Source.Id)).ToList();
        foreach (var (source, field, link) in left)
        {
            source.Clear(field.Key, link.TargetId, now);
            link.ClearedWith = root.Id;
        }

        foreach (var changed in left.Select(emptied => emptied.Source).Distinct())
            db.Publish(changed.Id, new V1.RecordUpdated { Record = changed.ToMessage() });
    }

    private Error TooMany() => Error.Precondition(
        "TOO_MANY_RELATED_RECORDS", Say($"More than {options.MaxRelated} records would change with this one: delete or change those that refer to it first."));

    private static Error InUse(Field field)
    {
        var said = Say($"Records of '{field.Resource[ResourceCatalogue.ObjectPrefix.Length..]}' refer to it by '{field.Label}', which forbids deleting: change or delete those first.");
        return Error.Precondition("RECORD_IN_USE", said);
    }

    // Those in use whose field, as it is defined now, really leads here and says what follows; each is locked.
    private async Task<List<Reference>> ReferencesAsync(Record target, CancellationToken cancellationToken)
    {
        var found = new List<Reference>();
        foreach (var field in Relations.Following(fields, target.AccessResource().Info.Name))
        {
            var (kind, sourceKey) = (RecordKinds.Find(field.Resource)!, field.Resource[ResourceCatalogue.ObjectPrefix.Length..]);
            var links = await db.Links.Where(link => link.TargetId == target.Id && link.FieldKey == field.Key && link.SourceKey == sourceKey && link.ClearedWith == null)
                .OrderBy(link => link.SourceId).Take(options.MaxRelated + 1).ToDictionaryAsync(link => link.SourceId, cancellationToken);
            if (links.Count == 0)
                continue;
            var sources = await db.LockAsync(kind, links.Keys, cancellationToken);
            found.AddRange(sources.Where(source => RelationValues.Of(source.CustomFields, field.Key).Contains(target.Id)).Select(source => new Reference(source, field, links[source.Id])));
        }

        return found;
    }

    private sealed record Reference(Record Source, Field Field, RecordLink Link);
}
