using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Auditing;
using Platform.CustomFields.V1;
using Platform.Events;
using Platform.Importing;
using Platform.Importing.Writing;
using Platform.Records.Imports.Columns;
using Platform.Records.Imports.Undoing;
using Platform.Records.Numbers;
using Platform.Records.Objects;
using Platform.Records.Timeline;
using static Platform.Languages.Wording;

namespace Platform.Records.Imports.Writing;

/// <summary>Records of one batch: what is known is looked up, then one statement for what is new, in the open transaction.</summary>
internal sealed class RecordsBatch(RecordsDbContext db, ObjectType known, FileLayout layout, ImportLog log)
{
    private readonly Sameness _sameness = new(layout.Columns.Custom.Placed);

    public async Task<BatchResult<Change>> WriteAsync(IReadOnlyList<RecordDraft> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await HoldAsync(cancellationToken);
        var kind = db.Records.Of(RecordKinds.Of(known.Key));
        var shelf = new Shelf<Slot>(await FindAsync(kind, rows, now, cancellationToken));
        var result = new BatchResult<Change>([], []);
        foreach (var row in rows)
            Put(row, shelf, result, now);
        var created = await CreateAsync(kind, shelf.New, now, cancellationToken);
        await log.KeepAsync(created, [.. shelf.Updated.Select(slot => slot.Record!)], cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.PublishManyAsync(Events(created, shelf), cancellationToken);
        return result;
    }

    // Nobody imports the same records at the same time, so that what is looked up is still so when the rest is written.
    private Task<int> HoldAsync(CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"import/{db.Caller.RequiredTenantId}/{known.Resource}"}, 0))", cancellationToken);

    private void Put(RecordDraft row, Shelf<Slot> shelf, BatchResult<Change> result, DateTimeOffset now)
    {
        var key = row.Key.Length > 0 ? row.Key : _sameness.KeyOf(row.Message);
        var isKnown = shelf.Has(key);
        if (!isKnown && row.Key.Length > 0 && layout.Match.MustExist)
            result.Faults.Add(new RowFault(row.Line, "", "NO_SUCH_RECORD", Say($"There is no record '{row.Key}' that you may see: leave the cell empty to make one.")));
        else if (!isKnown && layout.LacksName(row.Message))
            result.Faults.Add(layout.MissingName(row.Line));
        else
            result.Outcomes.Add(shelf.Put(key, () => new Slot(null, row.Message, now), slot => slot.Fill(row.Message)).Change);
    }

    private async Task<Dictionary<string, Slot>> FindAsync(ProtectedSet<Record> kind, IReadOnlyList<RecordDraft> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Slot>(StringComparer.Ordinal);
        var keys = rows.Where(row => row.Key.Length > 0).Select(row => row.Key).Distinct().ToList();
        // The newest, where several have it.
        foreach (var record in keys.Count == 0 ? [] : await layout.Match.Having(kind, known.Key, keys).OrderByDescending(row => row.Id).ToListAsync(cancellationToken))
            found.TryAdd(layout.Match.KeyOf(record), Slot.Of(record, now));
        foreach (var record in await _sameness.FindAsync(kind, known.Key, [.. rows.Where(row => row.Key.Length == 0).Select(row => row.Message)], cancellationToken))
        {
            var slot = Slot.Of(record, now);
            foreach (var key in _sameness.KeysOf(record))
                found.TryAdd(key, slot);
        }

        return found;
    }

    private async Task<List<Record>> CreateAsync(ProtectedSet<Record> kind, List<Slot> slots, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (slots.Count == 0)
            return [];
        var numbers = await db.TakeNumbersAsync(known, slots.Count, now, cancellationToken);
        var records = slots.Select((slot, place) => Record.Create(known.Key, numbers[place], slot.Message, now)).ToList();
        await kind.PrepareNewAsync(records, cancellationToken);
        await db.InsertAsync(records, cancellationToken);
        records.ForEach(record => db.TellOfLinks(record, before: null));
        await db.AuditCreatedAsync(records, cancellationToken);
        return records;
    }

    private static IEnumerable<(Guid, IMessage)> Events(List<Record> created, Shelf<Slot> shelf) =>
    [
        .. created.Select(record => (record.Id, (IMessage)new V1.RecordCreated { Record = record.ToMessage() })),
        .. shelf.Updated.Select(slot => slot.Record!).Select(record => (record.Id, (IMessage)new V1.RecordUpdated { Record = record.ToMessage() })),
    ];
}
