using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Importing;
using Platform.Tenancy;

namespace Platform.Undoing.Imports;

/// <summary>
/// A record that an import made or changed, as it was before; written with the record, in one transaction. It goes when it is taken back,
/// and with all others of the import when that can no longer be done.
/// </summary>
public abstract class NotedRecord : ITenantOwned
{
    /// <inheritdoc />
    public Guid TenantId { get; set; }

    /// <summary>The import.</summary>
    public Guid ImportId { get; init; }

    /// <summary>The record.</summary>
    public Guid RecordId { get; init; }

    /// <summary>Its message as it was; null where the import made it.</summary>
    public byte[]? Before { get; init; }

    /// <summary>When it had been changed last before the import last wrote it; null where that made it.</summary>
    public DateTimeOffset? BeforeTime { get; init; }

    /// <summary>Its time of change as the import left it: another one says that somebody changed it since.</summary>
    public DateTimeOffset AfterTime { get; init; }

    /// <summary>Whether somebody changed it between two writes of the import.</summary>
    public bool IsChanged { get; init; }

    /// <summary>Why it was left as it is; null where it was not, or not yet.</summary>
    public string? Reason { get; init; }
}

/// <summary>Mapping and reading of what is noted of imports.</summary>
public static class NotedRecords
{
    /// <summary>The table of what imports wrote.</summary>
    public static EntityTypeBuilder<T> IsImportedRecord<T>(this EntityTypeBuilder<T> builder)
        where T : NotedRecord
    {
        builder.ToTable("imported_records");
        builder.HasKey(record => new { record.TenantId, record.ImportId, record.RecordId });
        return builder;
    }

    /// <summary>Those that are still to be taken back.</summary>
    public static IQueryable<T> LeftOf<T>(this IQueryable<T> records, Guid import)
        where T : NotedRecord => records.AsNoTracking().Where(record => record.ImportId == import && record.Reason == null);

    /// <summary>The first of those that were left as they are: as many as an answer has room for.</summary>
    public static async Task<IReadOnlyList<T>> KeptOfAsync<T>(this IQueryable<T> records, FileImport import, CancellationToken cancellationToken)
        where T : NotedRecord
    {
        ArgumentNullException.ThrowIfNull(import);
        var id = import.Id;
        return import.Kept == 0 ? [] : await records.AsNoTracking().Where(record => record.ImportId == id && record.Reason != null)
            .OrderBy(record => record.RecordId).Take(ImportLimits.SummaryErrors).ToListAsync(cancellationToken);
    }
}
