using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Data;
using Platform.Errors;
using Platform.Records.Numbers;

namespace Platform.Records.Objects;

/// <summary>Makes records of one object, all of them or none.</summary>
internal static class NewRecords
{
    /// <summary>Checks, numbers and saves them.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="pluralKey">Which object.</param>
    /// <param name="messages">The records as they were sent.</param>
    /// <param name="placeOf">Where each stands in the request: <c>records[1]</c>.</param>
    /// <param name="now">The moment of creation.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Result<List<Record>>> CreateAsync(
        RecordsDbContext db, string pluralKey, IReadOnlyList<V1.Record> messages, Func<int, string> placeOf, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = db.Caller.FindObject(pluralKey);
        if (found.IsError)
            return found.Error;
        for (var i = 0; i < messages.Count; i++)
        {
            if (Prepare(db, found.Value, messages[i], placeOf(i)) is { } fault)
                return fault;
        }

        List<Record> records = [.. messages.Select(message => Record.Create(found.Value.Key, "", message, now))];
        if (await db.Records.Of(RecordKinds.Of(found.Value.Key)).CheckRelationsAsync(records, placeOf, cancellationToken) is { } astray)
            return astray;
        return await db.InTransactionAsync<List<Record>>(() => SaveAsync(db, found.Value, records, now, cancellationToken), cancellationToken);
    }

    private static Error? Prepare(RecordsDbContext db, ObjectType known, V1.Record message, string place)
    {
        if (message.Resource.Length > 0 && message.Resource != known.Resource)
            return RecordErrors.OtherObject(place, known.Resource);
        if (known.NumberPattern.Length == 0 && string.IsNullOrWhiteSpace(message.Name))
            return RecordErrors.NeedsName(place);
        return db.Caller.PrepareCustomFields(RecordKinds.Of(known.Key).Info, message, stored: null)?.At("record", place);
    }

    private static async Task<Result<List<Record>>> SaveAsync(RecordsDbContext db, ObjectType known, List<Record> records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (kind, numbers) = (db.Records.Of(RecordKinds.Of(known.Key)), await db.TakeNumbersAsync(known, records.Count, now, cancellationToken));
        foreach (var (i, record) in records.Index())
        {
            record.TakeNumber(numbers[i]);
            kind.Add(record);
            db.Publish(record.Id, new V1.RecordCreated { Record = record.ToMessage() });
        }

        return await db.TrySaveChangesAsync(cancellationToken, RecordErrors.NumberTaken) is { } error ? error : records;
    }
}
