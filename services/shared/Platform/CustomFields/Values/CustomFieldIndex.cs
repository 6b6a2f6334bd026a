using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.CustomFields.V1;
using Platform.Tenancy;

namespace Platform.CustomFields.Values;

/// <summary>Which field's values are kept beside the records, and how far the work on those of older records is.</summary>
[NotAudited("Work on copies of values; the field itself is in the log.")]
internal sealed class CustomFieldIndex : ITenantOwned
{
    public const string Table = "custom_field_indexes";

    /// <summary>In place of a field: all that the platform computes in this kind of record.</summary>
    public const string Computed = "#";

    /// <summary>In place of a field: the rates of all amounts of the company. There is one such row at most; its kind of record is what is converted now.</summary>
    public const string Rates = "$";

    public Guid TenantId { get; set; }

    public string Resource { get; init; } = "";

    public string FieldKey { get; init; } = "";

    /// <summary>The field's type: how its values become texts in order.</summary>
    public FieldType Kind { get; init; }

    public bool IsUnique { get; set; }

    public IndexState State { get; set; }

    /// <summary>Records up to this one are done.</summary>
    public Guid? Cursor { get; set; }

    /// <summary>Next attempt; while one is under way, when it counts as lost. Null where nothing is left to do.</summary>
    public DateTimeOffset? DueTime { get; set; }

    /// <summary>Of a roll-up across services: which count of all records this is; null before one has begun, and of all others.</summary>
    public Guid? Run { get; private set; }

    /// <summary>How many messages of the run are sent, or counted; of rates, the version by which records are converted.</summary>
    public long RunNumber { get; set; }

    /// <summary>Whether the other service was told that all records are.</summary>
    public bool IsTold { get; set; }

    /// <summary>All that was saved before then is told, or counted.</summary>
    public DateTimeOffset? AsOfTime { get; set; }

    public static void Map(EntityTypeBuilder<CustomFieldIndex> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(index => new { index.TenantId, index.Resource, index.FieldKey });
        builder.Property(index => index.Kind).HasConversion<string>();
        builder.Property(index => index.State).HasConversion<string>();
        builder.HasIndex(index => index.DueTime);
        builder.IsWorkedOnAcrossTenants("The indexer takes the fields whose values are to be kept, or to go.");
    }

    /// <summary>Begins anew.</summary>
    public void Begin(IndexState state, DateTimeOffset? now) => (State, Cursor, DueTime) = (state, null, now);

    /// <summary>Begins to tell, or to hear, of all records anew.</summary>
    public void BeginRun(Guid? run) => (Run, RunNumber, IsTold, AsOfTime) = (run, 0, false, null);
}

/// <summary>What is being done with the values of a field.</summary>
internal enum IndexState
{
    /// <summary>Those of older records are being added.</summary>
    Building,

    /// <summary>All records' values are there, or all records are counted.</summary>
    Ready,

    /// <summary>They go, because nobody needs them any more.</summary>
    Dropping,

    /// <summary>They go, and out of the records too: the field is gone for good.</summary>
    Purging,

    /// <summary>Records get the values of formulas and the auto-numbers that they lack; the row is that of the kind of record.</summary>
    Computing,

    /// <summary>Once more, for what another replica wrote by what it knew before.</summary>
    Sweeping,

    /// <summary>Records are converted by the company's exchange rates; the row goes when all are.</summary>
    Converting,
}
