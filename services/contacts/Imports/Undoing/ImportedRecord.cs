using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Undoing.Imports;

namespace Platform.Contacts.Imports.Undoing;

/// <inheritdoc />
[NotAudited("The record itself is in the log.")]
internal sealed class ImportedRecord : NotedRecord
{
    /// <summary>Its kind: one import writes several.</summary>
    public string Resource { get; init; } = "";

    public static void Map(EntityTypeBuilder<ImportedRecord> builder) => builder.IsImportedRecord();

    public V1.KeptRecord ToMessage() => new() { Resource = Resource, Id = RecordId.ToString(), Reason = Reason ?? "" };
}
