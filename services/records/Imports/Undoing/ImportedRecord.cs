using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Undoing.Imports;

namespace Platform.Records.Imports.Undoing;

/// <inheritdoc />
[NotAudited("The record itself is in the log.")]
internal sealed class ImportedRecord : NotedRecord
{
    public static void Map(EntityTypeBuilder<ImportedRecord> builder) => builder.IsImportedRecord();
}
