using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Undoing;

namespace Platform.Bulk;

/// <content>What takes a job back.</content>
public sealed partial class BulkKind<TContext, TRow, TMessage>
{
    private async Task<IReadOnlyList<BulkResult>> PutBackAsync(BulkScope scope, IReadOnlyList<BulkItem> items, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = (TContext)scope.Db;
        var (rows, results) = (await HeldAsync(db, [.. items.Select(item => item.RecordId)], cancellationToken), new List<BulkResult>());
        var hidden = rows.Count == items.Count ? [] : await HiddenAsync(db, [.. items.Select(item => item.RecordId).Where(id => !rows.ContainsKey(id))], cancellationToken);
        foreach (var item in items)
        {
            if (hidden.Contains(item.RecordId))
                results.Add(new BulkResult(item.RecordId, V1.BulkOutcome.Kept, BulkErrors.Hidden));
            else if (!rows.TryGetValue(item.RecordId, out var row))
                results.Add(BulkResult.Kept(item.RecordId, (await MissingAsync(db, item.RecordId, cancellationToken)).Error is { Code: "ALREADY_MERGED" } ? KeptReasons.Merged : KeptReasons.Gone));
            else if (row.UpdateTime != item.AfterTime || item.Before is null)
                results.Add(BulkResult.Kept(row.Id, KeptReasons.Changed));
            else if (DeniedTo(db, AccessAction.Update, row) is { } denied)
                results.Add(new BulkResult(row.Id, V1.BulkOutcome.Kept, denied));
            else
            {
                var before = parser.ParseFrom(item.Before);
                NotedMessage.Mend(before, CustomFields(row), db.Caller.CustomFields!.Of(resource.Info.Name), item.AfterTime.Value);
                await PutBack(scope.Services, db, row, before, now, cancellationToken);
                results.Add(new BulkResult(row.Id, V1.BulkOutcome.Restored) { BeforeTime = LeftBehind.TimeOf(before), AfterTime = row.UpdateTime });
            }
        }

        await SaveAsync(db, rows.Values, OnSave, cancellationToken);
        return results;
    }

    // Whoever takes a job back knows of them from the job: that they are there is no secret, and that they are gone would be wrong.
    private async Task<HashSet<Guid>> HiddenAsync(TContext db, Guid[] ids, CancellationToken cancellationToken) =>
        (await Rows(db).Unfiltered.Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet();

    private async Task<IReadOnlyList<BulkResult>> RestoreAsync(BulkScope scope, IReadOnlyList<BulkItem> items, CancellationToken cancellationToken)
    {
        var (db, rows, results) = ((TContext)scope.Db, new List<TRow>(), new List<BulkResult>());
        var fields = db.Caller.CustomFields!.Of(resource.Info.Name);
        foreach (var item in items)
        {
            var before = parser.ParseFrom(item.Before);
            var values = (Struct?)before.Descriptor.FindFieldByName(ResourceInfo.CustomFields)?.Accessor.GetValue(before) ?? new Struct();
            // The number is its own.
            var numbers = new Struct { Fields = { values.Fields.Where(value => fields.Find(value.Key) is { Type: FieldType.AutoNumber }).ToDictionary() } };
            NotedMessage.Mend(before, numbers, fields, item.AfterTime!.Value);
            var row = await Restore!(scope.Services, db, before, cancellationToken);
            row.Readers.AddRange(item.Readers ?? []);
            row.Writers.AddRange(item.Writers ?? []);
            rows.Add(row);
            if (DeniedTo(db, AccessAction.Create, row) is { } denied)
                throw denied.ToRpcException();
            results.Add(new BulkResult(item.RecordId, V1.BulkOutcome.Restored));
        }

        await SaveAsync(db, rows, OnSave, cancellationToken);
        foreach (var (row, item) in BringBack is null ? [] : rows.Zip(items).Where(pair => pair.Second.Company is not null))
            await BringBack!(db, row, item.Company!, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return results;
    }

    private async Task<IReadOnlyList<BulkResult>> UnmergeAsync(BulkScope scope, Guid survivor, IReadOnlyList<BulkItem> items, CancellationToken cancellationToken)
    {
        var results = new List<BulkResult>();
        foreach (var item in items)
        {
            if (await Unmerge!(scope.Services, (TContext)scope.Db, survivor, item.MergeId!.Value, cancellationToken) is { } refused)
                throw refused.ToRpcException();
            results.Add(new BulkResult(item.RecordId, V1.BulkOutcome.Restored));
        }

        return results;
    }
}
