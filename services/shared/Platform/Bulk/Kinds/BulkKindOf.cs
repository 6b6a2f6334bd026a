using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields.Relations;
using Platform.CustomFields.V1;
using Platform.Data;
using Platform.Errors;
using Platform.Exporting;
using Platform.Filtering;
using Platform.Monetary.Rates;
using Platform.Paging;
using Platform.Undoing;
using Platform.Validation;

namespace Platform.Bulk;

/// <summary>
/// What working on many records has to know of a kind: the parts of which its single writes are made, so that both hold to the same rules.
/// </summary>
/// <param name="resource">The kind.</param>
/// <param name="parser">Of its message.</param>
public sealed partial class BulkKind<TContext, TRow, TMessage>(ProtectedResource<TRow> resource, MessageParser<TMessage> parser) : BulkKind
    where TContext : PlatformDbContext
    where TRow : ProtectedEntity, IProtected<TRow>
    where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>
{
    /// <summary>Whether files are made of it, and nothing else.</summary>
    internal bool IsOfFiles { get; init; }

    /// <summary>Leaves of the rows those that the list shows, where that is more than policies on the kind say; for files.</summary>
    internal Func<TContext, IQueryable<TRow>, IQueryable<TRow>>? Shown { get; init; }

    /// <summary>What it is called in refusals.</summary>
    public required string Noun { get; init; }

    /// <summary>The readable rows of these ids, tracked and held until the transaction ends, in the order of their ids.</summary>
    public required Func<TContext, Guid[], IQueryable<TRow>> Held { get; init; }

    /// <summary>The record as the API gives it.</summary>
    public required Func<TRow, TMessage> ToMessage { get; init; }

    /// <summary>How rows are told to somebody that are read from now on, where the row alone does not tell all; as <see cref="ToMessage" /> does otherwise.</summary>
    public Func<TContext, CancellationToken, Task<Func<TRow, TMessage>>>? Telling { get; init; }

    /// <summary>The values that the company added.</summary>
    public required Func<TRow, Struct> CustomFields { get; init; }

    /// <summary>What a record would be with a change, or why it cannot be: the same that a single update asks. Nothing is written yet.</summary>
    public required Func<IServiceProvider, TContext, TRow, TMessage, FieldMask?, CancellationToken, Task<Result<TMessage>>> Merge { get; init; }

    /// <summary>
    /// Asks other services what a merge and a write of these rows would ask them, which are not locked yet and are locked then: they change no row, and what
    /// cannot be asked is thrown. Null where nobody is asked.
    /// </summary>
    public Func<IServiceProvider, TContext, IReadOnlyList<TRow>, TMessage, FieldMask?, CancellationToken, Task>? Prepare { get; init; }

    /// <summary>Writes that, and tells of it.</summary>
    public required Func<IServiceProvider, TContext, TRow, TMessage, DateTimeOffset, CancellationToken, Task> Write { get; init; }

    /// <summary>Writes what it was before, an absent owner too, and tells of it.</summary>
    public required Func<IServiceProvider, TContext, TRow, TMessage, DateTimeOffset, CancellationToken, Task> PutBack { get; init; }

    /// <summary>What the database may refuse when a record is saved.</summary>
    public required Func<TRow, Violation[]> OnSave { get; init; }

    /// <summary>Fields, in the names of the .proto, that are written one record at a time.</summary>
    public IReadOnlySet<string> Alone { get; init; } = new HashSet<string>();

    /// <summary>Why the records of other services that a change names cannot be named by the caller; null where they can.</summary>
    public Func<IServiceProvider, TMessage, CancellationToken, Task<Error?>>? Targets { get; init; }

    /// <summary>Whether the service's imports note what they wrote, in <c>imported_records</c>.</summary>
    public bool IsImported { get; init; }

    /// <summary>Marks rows as deleted, with all that follows from it, and tells of it. Null where that cannot be taken back, and so is not offered.</summary>
    public Func<TContext, IReadOnlyList<TRow>, CancellationToken, Task>? Delete { get; init; }

    /// <summary>The same for a kind whose records stay in their table for a while: instead of the others.</summary>
    public BulkBin<TContext, TRow>? Bin { get; init; }

    /// <summary>What the database may refuse when one is deleted.</summary>
    public Violation[] OnDelete { get; init; } = [];

    /// <summary>Begins to track a row of that message anew, and tells of it.</summary>
    public Func<IServiceProvider, TContext, TMessage, CancellationToken, Task<TRow>>? Restore { get; init; }

    /// <summary>Why a row cannot be written at all; null where it can.</summary>
    public Func<TRow, Error?> Refuse { get; init; } = _ => null;

    /// <summary>Why there is no such row, where there is more to say than that.</summary>
    public Func<TContext, Guid, CancellationToken, Task<Error>>? Missing { get; init; }

    /// <summary>What goes, or leads elsewhere, with rows that are about to be deleted, by their ids.</summary>
    public Func<TContext, Guid[], CancellationToken, Task<IReadOnlyDictionary<Guid, byte[]>>>? Accompany { get; init; }

    /// <summary>Puts that back.</summary>
    public Func<TContext, TRow, byte[], CancellationToken, Task>? BringBack { get; init; }

    /// <summary>Makes a record part of the one that stays; the merge. Null where its kind cannot be merged.</summary>
    public Func<IServiceProvider, TContext, Guid, Guid, CancellationToken, Task<Result<BulkMerging>>>? MergeInto { get; init; }

    /// <summary>Takes such a merge back; null where that went well.</summary>
    public Func<IServiceProvider, TContext, Guid, Guid, CancellationToken, Task<Error?>>? Unmerge { get; init; }

    internal override ProtectedResource Resource => resource;

    internal override bool Offers(V1.BulkOperation operation) => operation switch
    {
        V1.BulkOperation.Export => true,
        _ when IsOfFiles => false,
        V1.BulkOperation.Merge => MergeInto is not null,
        V1.BulkOperation.Delete => Delete is not null || Bin is not null,
        V1.BulkOperation.AddTags or V1.BulkOperation.RemoveTags => resource.Info.HasCustomFields,
        _ => true,
    };

    internal override bool IsReported => typeof(IReported).IsAssignableFrom(typeof(TRow));

    internal override bool IsAlone(string field) => Alone.Contains(field);

    internal override IMessage Parse(ByteString record) => parser.ParseFrom(record);

    internal override bool HasImports => IsImported;

    internal override async Task<Error?> CheckTargetsAsync(IServiceProvider services, PlatformDbContext db, IMessage change, FieldMask? mask, CancellationToken cancellationToken)
    {
        var written = Masks.Merge(parser.ParseFrom(ByteString.Empty), (TMessage)change, mask);
        if (written.IsError)
            return written.Error;
        if (Targets is not null && await Targets(services, written.Value, cancellationToken) is { } unknown)
            return unknown;
        return written.Value.Descriptor.FindFieldByName(ResourceInfo.CustomFields)?.Accessor.GetValue(written.Value) is Struct values
            ? await RelationCheck.FindFaultAsync(db, resource.Info, values, "update", cancellationToken) : null;
    }

    internal override async Task<Result<Chosen>> ChooseAsync(PlatformDbContext db, BulkJob job, BulkOrder order, TimeProvider time, CancellationToken cancellationToken)
    {
        var survivor = order.Merge?.SurvivorId.ToIdOrNull();
        if (order.Ids.Count > 0)
            return new Chosen(await BulkChoice.InsertAsync(db, job.Id, [.. order.Ids.Select(Guid.Parse).Distinct().Where(id => id != survivor)], cancellationToken));
        var rows = job.Operation == V1.BulkOperation.Export ? Taken(db) : Rows(db).AsQueryable();
        var narrowed = rows.Narrow(resource.Schema, order.Filter, FilterContext.Of(db, time, order.TimeZone));
        return narrowed.IsError ? narrowed.Error : new Chosen(await BulkChoice.InsertAsync(db, job.Id, narrowed.Value.Rows.Where(row => row.Id != survivor).Select(row => row.Id), cancellationToken));
    }

    internal override async Task PrepareAsync(BulkScope scope, BulkJob job, V1.BulkTask task, Guid[] ids, CancellationToken cancellationToken)
    {
        if (job.State == V1.BulkState.Undoing || job.Operation is not (V1.BulkOperation.Update or V1.BulkOperation.Assign))
            return;
        var wish = parser.ParseFrom(task.Record);
        // What is astray is told when it is written; what is there, the save does not ask for again.
        if (wish.Descriptor.FindFieldByName(ResourceInfo.CustomFields)?.Accessor.GetValue(wish) is Struct values)
            await RelationCheck.FindFaultAsync(scope.Db, resource.Info, values, "update", cancellationToken);
        if (Prepare is null)
            return;
        var rows = await Rows(scope.Db).AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        await Prepare(scope.Services, (TContext)scope.Db, rows, wish, task.UpdateMask, cancellationToken);
    }

    internal override Task<IReadOnlyList<BulkResult>> ApplyAsync(BulkScope scope, BulkJob job, V1.BulkTask task, Guid[] ids, DateTimeOffset now, CancellationToken cancellationToken) => job.Operation switch
    {
        V1.BulkOperation.Delete when Bin is not null => ThrowAwayAsync(Bin, scope, ids, now, cancellationToken),
        V1.BulkOperation.Delete => DeleteAsync((TContext)scope.Db, ids, cancellationToken),
        V1.BulkOperation.Merge => MergeAsync(scope, Guid.Parse(task.Merge.SurvivorId), ids, cancellationToken),
        _ => UpdateAsync(scope, job.Operation, task, ids, now, cancellationToken),
    };

    internal override Task<IReadOnlyList<BulkResult>> UndoAsync(
        BulkScope scope, BulkJob job, V1.BulkTask task, IReadOnlyList<BulkItem> items, DateTimeOffset now, CancellationToken cancellationToken) => job.Operation switch
        {
            V1.BulkOperation.Delete when Bin is not null => TakeOutAsync(Bin, scope, items, now, cancellationToken),
            V1.BulkOperation.Delete => RestoreAsync(scope, items, cancellationToken),
            V1.BulkOperation.Merge => UnmergeAsync(scope, Guid.Parse(task.Merge.SurvivorId), items, cancellationToken),
            _ => PutBackAsync(scope, items, now, cancellationToken),
        };

    internal override IReadOnlyList<ExportColumn> ColumnsOf(PlatformDbContext db) => RecordExport.ColumnsOf(resource, db.Caller);

    internal override async Task<IReadOnlyCollection<Guid>> ExportAsync(PlatformDbContext db, IExportFile file, Guid[] ids, CancellationToken cancellationToken)
    {
        var tell = Telling is null ? ToMessage : await Telling((TContext)db, cancellationToken);
        var rows = await Taken(db).AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        await RecordExport.AddAsync(file, resource.Info, rows.Select(tell), db, cancellationToken);
        return [.. ids.Except(rows.Select(row => row.Id))];
    }

    private ProtectedSet<TRow> Rows(PlatformDbContext db) => db.ProtectedRows<TRow>().Of(resource);

    // What may be taken out.
    private IQueryable<TRow> Taken(PlatformDbContext db) => Shown is null ? Rows(db).For(AccessAction.Export) : Shown((TContext)db, Rows(db).For(AccessAction.Export));

    private async Task<Dictionary<Guid, TRow>> HeldAsync(TContext db, Guid[] ids, CancellationToken cancellationToken) => await Held(db, ids).ToDictionaryAsync(row => row.Id, cancellationToken);

    private async Task<BulkResult> MissingAsync(TContext db, Guid id, CancellationToken cancellationToken) =>
        BulkResult.Failed(id, Missing is null ? Error.NotFound(Noun, id.ToString()) : await Missing(db, id, cancellationToken));

    private Error? DeniedTo(TContext db, AccessAction action, TRow row) =>
        db.Caller.Access is { } access && access.IsConcerned(resource.Info.Name) && resource.Decide(access, action, row, db.FilterContext) is { Allowed: false } decision
            ? AccessErrors.Denied(decision, action, access.AllowedBy(resource.Info.Name, action)) : null;

    // Of several nobody can tell which one it is about: they are tried one by one then.
    private static async Task SaveAsync(TContext db, IReadOnlyCollection<TRow> rows, Func<TRow, Violation[]> violations, CancellationToken cancellationToken)
    {
        if (await db.TrySaveChangesAsync(cancellationToken, rows.Count == 1 ? violations(rows.Single()) : []) is { } refused)
            throw refused.ToRpcException();
    }
}

/// <summary>A merge that made one record part of another.</summary>
/// <param name="Id">Of the merge.</param>
public sealed record BulkMerging(Guid Id);
