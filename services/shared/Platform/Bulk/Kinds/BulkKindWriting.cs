using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Errors;

namespace Platform.Bulk;

/// <content>What a job does with records.</content>
public sealed partial class BulkKind<TContext, TRow, TMessage>
{
    private async Task<IReadOnlyList<BulkResult>> UpdateAsync(BulkScope scope, V1.BulkOperation operation, V1.BulkTask task, Guid[] ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = (TContext)scope.Db;
        var (rows, results) = (await HeldAsync(db, ids, cancellationToken), new List<BulkResult>());
        var wish = parser.ParseFrom(task.Record);
        foreach (var id in ids)
            results.Add(rows.TryGetValue(id, out var row) ? await UpdateOneAsync(scope, row, operation, wish, task, now, cancellationToken) : await MissingAsync(db, id, cancellationToken));
        await SaveAsync(db, rows.Values, OnSave, cancellationToken);
        return results;
    }

    private async Task<BulkResult> UpdateOneAsync(BulkScope scope, TRow row, V1.BulkOperation operation, TMessage wish, V1.BulkTask task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = (TContext)scope.Db;
        if ((Refuse(row) ?? DeniedTo(db, AccessAction.Update, row)) is { } refused)
            return BulkResult.Failed(row.Id, refused);
        var before = ToMessage(row).Clone();
        var change = operation is V1.BulkOperation.AddTags or V1.BulkOperation.RemoveTags ? WithTags(wish, CustomFields(row), task.Tags, operation == V1.BulkOperation.AddTags) : wish;
        var merged = await Merge(scope.Services, db, row, change, task.UpdateMask, cancellationToken);
        // What cannot be asked at this moment says nothing about the record.
        if (merged is { IsError: true, Error.Status: Google.Rpc.Code.Unavailable })
            throw merged.Error.ToRpcException();
        if (merged.IsError)
            return BulkResult.Failed(row.Id, merged.Error);
        if (merged.Value.Equals(before))
            return new BulkResult(row.Id, V1.BulkOutcome.Skipped, BulkErrors.Unchanged);
        await Write(scope.Services, db, row, merged.Value, now, cancellationToken);
        return new BulkResult(row.Id, V1.BulkOutcome.Done) { Before = before.ToByteArray(), AfterTime = row.UpdateTime };
    }

    private static TMessage WithTags(TMessage wish, Struct stored, V1.BulkTags tags, bool isToAdd)
    {
        var key = tags.Field[(ResourceInfo.CustomFields.Length + 1)..];
        var had = stored.Fields.GetValueOrDefault(key)?.ListValue?.Values.Select(value => value.StringValue) ?? [];
        var has = isToAdd ? had.Union(tags.Values) : had.Except(tags.Values);
        var change = wish.Clone();
        change.Descriptor.FindFieldByName(ResourceInfo.CustomFields).Accessor.SetValue(change, new Struct { Fields = { [key] = Value.ForList([.. has.Select(Value.ForString)]) } });
        return change;
    }

    private async Task<IReadOnlyList<BulkResult>> DeleteAsync(TContext db, Guid[] ids, CancellationToken cancellationToken)
    {
        var (rows, results, going) = (await HeldAsync(db, ids, cancellationToken), new List<BulkResult>(), new List<TRow>());
        foreach (var id in ids)
        {
            if (!rows.TryGetValue(id, out var row))
                results.Add(await MissingAsync(db, id, cancellationToken));
            else if ((Refuse(row) ?? DeniedTo(db, AccessAction.Delete, row)) is { } refused)
                results.Add(BulkResult.Failed(id, refused));
            else
                going.Add(row);
        }

        if (going.Count == 0)
            return results;
        var company = Accompany is null ? null : await Accompany(db, [.. going.Select(row => row.Id)], cancellationToken);
        results.AddRange(going.Select(row => new BulkResult(row.Id, V1.BulkOutcome.Done)
        {
            Before = ToMessage(row).ToByteArray(),
            AfterTime = db.Time.GetUtcNow(),
            Readers = [.. row.Readers],
            Writers = [.. row.Writers],
            Company = company?.GetValueOrDefault(row.Id),
        }));
        await Delete!(db, going, cancellationToken);
        await SaveAsync(db, going, _ => OnDelete, cancellationToken);
        return results;
    }

    private async Task<IReadOnlyList<BulkResult>> MergeAsync(BulkScope scope, Guid survivor, Guid[] ids, CancellationToken cancellationToken)
    {
        var results = new List<BulkResult>();
        foreach (var id in ids)
        {
            var merged = await MergeInto!(scope.Services, (TContext)scope.Db, survivor, id, cancellationToken);
            // It may have begun to write.
            if (merged.IsError)
                throw merged.Error.ToRpcException();
            results.Add(new BulkResult(id, V1.BulkOutcome.Done) { MergeId = merged.Value.Id });
        }

        return results;
    }
}
