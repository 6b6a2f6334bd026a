using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Undoing;
using Platform.Undoing.Imports;

namespace Platform.Contacts.Imports.Undoing;

/// <summary>Takes the records of one kind back that an import wrote; of several ranges of ids at once.</summary>
/// <param name="db">The unit of work.</param>
/// <param name="kind">The kind.</param>
/// <param name="import">The import.</param>
/// <param name="named">Those that records of other domains name.</param>
/// <param name="now">The moment of the change.</param>
internal sealed class ImportUndo(ContactsDbContext db, UndoKind kind, Guid import, IReadOnlySet<Guid> named, DateTimeOffset now) : ImportTakingBack<Import, ImportedRecord>(db, import)
{
    private const int BatchSize = 1_000;
    private const int BatchesOfStretch = 20;

    /// <summary>The next records of a kind, and which of them other domains name; null where there are no more.</summary>
    public static async Task<UndoStretch?> NextAsync(ContactsDbContext db, NamedElsewhere others, UndoKind kind, Guid import, Guid after, CancellationToken cancellationToken)
    {
        var records = await LeftOf(db, kind, import).Where(record => record.RecordId > after).OrderBy(record => record.RecordId).Take(BatchSize * BatchesOfStretch)
            .Select(record => new { record.RecordId, IsMade = record.Before == null }).ToListAsync(cancellationToken);
        if (records.Count == 0)
            return null;
        // Before the transactions, because they are other services.
        var named = await kind.NamedAsync(others, [.. records.Where(record => record.IsMade).Select(record => record.RecordId)], cancellationToken);
        return new UndoStretch([.. records.Chunk(BatchSize).Select(batch => (batch[0].RecordId, batch[^1].RecordId))], named, records[^1].RecordId);
    }

    /// <summary>Takes the records of one range back.</summary>
    public async Task TakeBackAsync((Guid First, Guid Last) range, CancellationToken cancellationToken)
    {
        var records = await Left.Where(record => record.RecordId >= range.First && record.RecordId <= range.Last).OrderBy(record => record.RecordId).ToListAsync(cancellationToken);
        if (records.Count > 0)
            await TakeBackAsync(records, cancellationToken);
    }

    protected override IQueryable<ImportedRecord> Left => LeftOf(db, kind, ImportId);

    protected override IQueryable<ImportedRecord> HeldOf(Guid first, Guid last) => db.ImportedRecords.FromSql(
        $"SELECT * FROM imported_records WHERE import_id = {ImportId} AND record_id BETWEEN {first} AND {last} AND resource = {kind.Resource} AND reason IS NULL ORDER BY record_id FOR UPDATE");

    protected override Task<IReadOnlyDictionary<Guid, string>> UndoAsync(IReadOnlyList<ImportedRecord> records, CancellationToken cancellationToken) =>
        kind.UndoAsync(db, records, named, now, cancellationToken);

    // What keeps a record from going is what leads to it.
    protected override string ReasonOf(Exception refused, ImportedRecord record) =>
        record.Before is null && refused.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } ? KeptReasons.InUse : base.ReasonOf(refused, record);

    private static IQueryable<ImportedRecord> LeftOf(ContactsDbContext db, UndoKind kind, Guid import) => db.ImportedRecords.LeftOf(import).Where(record => record.Resource == kind.Resource);
}

/// <summary>Records that are taken back next.</summary>
/// <param name="Ranges">Of their ids, from the first to the last of each batch.</param>
/// <param name="Named">Those that records of other domains name.</param>
/// <param name="Last">Where they end.</param>
internal sealed record UndoStretch(IReadOnlyList<(Guid First, Guid Last)> Ranges, IReadOnlySet<Guid> Named, Guid Last);
