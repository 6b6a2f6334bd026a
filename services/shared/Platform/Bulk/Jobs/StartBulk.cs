using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Exporting;
using Platform.Languages;
using Platform.Tenancy;

namespace Platform.Bulk;

/// <summary>Begins a job: what is wrong with it as a whole is said now, and which records are meant is written down now.</summary>
internal sealed class StartBulk(PlatformDbContext db, IServiceProvider services, TimeProvider time, BulkOptions options)
{
    public async Task<Result<V1.BulkJob>> HandleAsync(BulkKind kind, BulkOrder order, CancellationToken cancellationToken)
    {
        if (order.FindFault() is { } malformed)
            return malformed;
        var (operation, resource) = (order.Operations[0], kind.Resource.Info);
        if (!kind.Offers(operation))
            return Error.Invalid("operation", "This kind of record does not have that operation.");
        var permission = BulkChecks.PermissionFor(operation, resource);
        if (!db.Caller.Permissions.Contains(permission))
            return db.Caller.Standing.Refusal(permission);
        if (await services.GetRequiredService<CustomFieldDirectory>().TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
            return unavailable;
        // The number of records tells as much as they would.
        if (db.Caller.CheckNarrowing(kind.Resource, order.Filter) is { } hidden)
            return hidden;
        if (BulkChecks.FindFault(order, operation, kind, operation == V1.BulkOperation.Export ? kind.ColumnsOf(db) : [], db.Caller) is { } fault)
            return fault;
        if (order.Change is { } change && await kind.CheckTargetsAsync(services, db, change, order.Mask, cancellationToken) is { } astray)
            return astray;
        if (await FindExcessAsync(operation, cancellationToken) is { } full)
            return full;
        return await db.InTransactionAsync(() => BeginAsync(kind, order, operation, cancellationToken), cancellationToken);
    }

    private async Task<Result<V1.BulkJob>> BeginAsync(BulkKind kind, BulkOrder order, V1.BulkOperation operation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var job = new BulkJob
        {
            Resource = kind.Resource.Info.Name,
            Operation = operation,
            Filter = order.Filter,
            StartedBy = OwnJobs.IdOf(db.Caller),
            Task = TaskOf(kind, order).ToByteArray(),
            Actor = ActorOf(db.Caller).ToByteArray(),
            CreateTime = now,
            UpdateTime = now,
        };
        db.Set<BulkJob>().Add(job);
        var chosen = await kind.ChooseAsync(db, job, order, time, cancellationToken);
        if (chosen.IsError)
            return chosen.Error;
        job.Choose(chosen.Value.Count);
        // Once more, one after the other: those that began at the same moment count as well.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"bulk_jobs {db.Caller.RequiredTenantId}"}, 0))", cancellationToken);
        if (await FindExcessAsync(operation, cancellationToken) is { } full)
            return full;
        db.Set<BulkChore>().Add(new BulkChore { JobId = job.Id, Kind = operation == V1.BulkOperation.Export ? BulkChoreKind.Export : BulkChoreKind.Run, DueTime = now });
        Tell(kind, order, job);
        await db.SaveChangesAsync(cancellationToken);
        return job.ToMessage(options.UndoWithin);
    }

    private async Task<Error?> FindExcessAsync(V1.BulkOperation operation, CancellationToken cancellationToken)
    {
        var starter = OwnJobs.IdOf(db.Caller);
        var unfinished = db.Set<BulkJob>().Where(job => job.State == V1.BulkState.Queued || job.State == V1.BulkState.Running || job.State == V1.BulkState.Undoing);
        if (await unfinished.CountAsync(job => job.StartedBy == starter, cancellationToken) >= options.JobsPerStarter)
            return BulkErrors.TooMany(options.JobsPerStarter);
        if (operation == V1.BulkOperation.Export && await unfinished.CountAsync(job => job.Operation == V1.BulkOperation.Export, cancellationToken) >= options.ExportsPerCompany)
            return BulkErrors.TooManyExports(options.ExportsPerCompany);
        return await unfinished.CountAsync(cancellationToken) >= options.JobsPerCompany ? BulkErrors.TooManyOfAll(options.JobsPerCompany) : null;
    }

    private void Tell(BulkKind kind, BulkOrder order, BulkJob job)
    {
        db.Audit("bulk", $"{kind.Resource.Info.Module}.bulk_job", job.Id.ToString(), after: new Struct
        {
            Fields = { ["resource"] = Value.ForString(job.Resource), ["operation"] = Value.ForString(job.Operation.ToString()), ["records"] = Value.ForNumber(job.Total) },
        });
        if (job.Operation == V1.BulkOperation.Export)
            RecordExport.Tell(db, kind.Resource.Info, kind.Resource.FieldsOf(order.Filter, db.Caller.CustomFields) ?? new HashSet<string>());
    }

    private static V1.BulkTask TaskOf(BulkKind kind, BulkOrder order) => new()
    {
        Record = (order.Change ?? OwnedBy(kind, order.Assign))?.ToByteString() ?? ByteString.Empty,
        UpdateMask = order.Assign is not null ? new FieldMask { Paths = { "owner_id" } } : order.Mask,
        Tags = order.AddTags ?? order.RemoveTags,
        Merge = order.Merge,
        Export = order.Export,
    };

    private static IMessage? OwnedBy(BulkKind kind, V1.BulkAssign? assign)
    {
        if (assign is null)
            return null;
        var record = kind.Parse(ByteString.Empty);
        record.Descriptor.FindFieldByName("owner_id").Accessor.SetValue(record, assign.OwnerId);
        return record;
    }

    /// <summary>Whose rights hold for a job: those that the caller has now, as far as the caller still has them when a record is written.</summary>
    public static V1.BulkActor ActorOf(Caller caller) => new()
    {
        Kind = caller.Kind.ToString(),
        Subject = caller.Subject,
        OnBehalfOf = caller.Kind == CallerKind.Service ? caller.OnBehalfOf : "",
        Permissions = { caller.Permissions.Order(StringComparer.Ordinal) },
        Language = SpokenLanguage.Current,
    };
}
