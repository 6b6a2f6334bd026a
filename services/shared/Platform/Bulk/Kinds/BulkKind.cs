using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Exporting;

namespace Platform.Bulk;

/// <summary>A kind of record that can be worked on by the many.</summary>
public abstract class BulkKind
{
    internal BulkKind()
    {
    }

    internal abstract ProtectedResource Resource { get; }

    /// <summary>Whether the operation makes sense for it.</summary>
    internal abstract bool Offers(V1.BulkOperation operation);

    /// <summary>Whether its amounts are told in the company's currency as well.</summary>
    internal abstract bool IsReported { get; }

    /// <summary>Whether imports may have written its records, and note what they left.</summary>
    internal abstract bool HasImports { get; }

    /// <summary>Whether a field is written one record at a time.</summary>
    internal abstract bool IsAlone(string field);

    /// <summary>The record of a task; an empty one where there are no bytes.</summary>
    internal abstract IMessage Parse(ByteString record);

    /// <summary>Why what an update leads to cannot be led to: asked once, while there is the token of whoever begins the job.</summary>
    internal abstract Task<Error?> CheckTargetsAsync(IServiceProvider services, PlatformDbContext db, IMessage change, FieldMask? mask, CancellationToken cancellationToken);

    /// <summary>Writes down which records are meant; how many they are.</summary>
    internal abstract Task<Result<Chosen>> ChooseAsync(PlatformDbContext db, BulkJob job, BulkOrder order, TimeProvider time, CancellationToken cancellationToken);

    /// <summary>Asks other services what they have to say about records that are to be written, before any is locked.</summary>
    internal abstract Task PrepareAsync(BulkScope scope, BulkJob job, V1.BulkTask task, Guid[] ids, CancellationToken cancellationToken);

    /// <summary>Deals with records in the open transaction, as one that fails undoes: what a single record is refused for is thrown where there is one, and told otherwise.</summary>
    internal abstract Task<IReadOnlyList<BulkResult>> ApplyAsync(BulkScope scope, BulkJob job, V1.BulkTask task, Guid[] ids, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The same for taking it back.</summary>
    internal abstract Task<IReadOnlyList<BulkResult>> UndoAsync(BulkScope scope, BulkJob job, V1.BulkTask task, IReadOnlyList<BulkItem> items, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The columns that the caller gets.</summary>
    internal abstract IReadOnlyList<ExportColumn> ColumnsOf(PlatformDbContext db);

    /// <summary>Adds those of the records that may be taken out, in the order of their ids; the ids of the others.</summary>
    internal abstract Task<IReadOnlyCollection<Guid>> ExportAsync(PlatformDbContext db, IExportFile file, Guid[] ids, CancellationToken cancellationToken);

    /// <summary>How many records were chosen.</summary>
    internal sealed record Chosen(long Count);
}

/// <summary>Where a batch is worked on.</summary>
/// <param name="Db">The unit of work, of whoever began the job.</param>
/// <param name="Services">Of the scope.</param>
internal sealed record BulkScope(PlatformDbContext Db, IServiceProvider Services);
