using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.CustomFields.Values;

/// <summary>
/// The value of a unique or searchable field of one record, beside the record: an ordinary index on it is used under row-level
/// security, which one on an expression over JSON is not, and a unique one keeps values apart. PostgreSQL keeps it by itself.
/// </summary>
[NotAudited("A copy of values that a record holds; what changes them is in the log.")]
internal sealed class CustomFieldValue : ITenantOwned
{
    public const string Table = "custom_field_values";

    public Guid TenantId { get; set; }

    public string Resource { get; init; } = "";

    public Guid RecordId { get; init; }

    public string FieldKey { get; init; } = "";

    /// <summary>
    /// The value as <c>platform.custom_field_key</c> writes it: the order of these texts is that of numbers and times. Empty where the
    /// record has none, so that those records are found without looking at all others.
    /// </summary>
    public string SortKey { get; init; } = "";

    /// <summary>Whether no other record may have it.</summary>
    public bool IsUnique { get; init; }

    public static void Map(EntityTypeBuilder<CustomFieldValue> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(value => new { value.TenantId, value.Resource, value.RecordId, value.FieldKey });
        builder.Property(value => value.SortKey).UseCollation("C");
        builder.HasIndex(value => new { value.TenantId, value.Resource, value.FieldKey, value.SortKey }).IsUnique().HasFilter("is_unique").HasDatabaseName("ix_custom_field_values_unique");
        builder.HasIndex(value => new { value.TenantId, value.Resource, value.FieldKey, value.SortKey, value.RecordId }).HasDatabaseName("ix_custom_field_values_search");
    }
}
