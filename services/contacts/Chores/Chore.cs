using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Contacts.Chores;

/// <summary>Kinds of work that is due at some time; stored by name.</summary>
internal enum ChoreKind
{
    /// <summary>The time in which a merge can be taken back has ended.</summary>
    ForgetMerge,

    /// <summary>Records are compared with each other, once a day from the first time that it is asked for.</summary>
    FindDuplicates,

    /// <summary>Somebody wants to be told of an activity.</summary>
    Remind,

    /// <summary>An import is to be taken back.</summary>
    UndoImport,

    /// <summary>The time in which an import can be taken back has ended.</summary>
    ForgetImport,

    /// <summary>A deal that was deleted comes back no more.</summary>
    ForgetDeal,

    /// <summary>Phones that were there before they were kept as E.164 too are to be understood.</summary>
    NumberPhones,

    /// <summary>The conversion of a lead with a deal has to be over: the deal of one that did not happen goes.</summary>
    SettleConversion,
}

/// <summary>Work of one tenant that is due at some time.</summary>
[NotAudited("Work that is still to do; what it changes is in the log.")]
internal sealed class Chore : ITenantOwned
{
    public const string Table = "chores";

    public Guid TenantId { get; set; }

    public ChoreKind Kind { get; init; }

    public Guid SubjectId { get; init; }

    /// <summary>Next attempt; while one is under way, when it counts as lost.</summary>
    public DateTimeOffset DueTime { get; set; }

    public static Chore Of(ChoreKind kind, Guid subject, DateTimeOffset due) => new() { Kind = kind, SubjectId = subject, DueTime = due };

    public static void Map(EntityTypeBuilder<Chore> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(chore => new { chore.TenantId, chore.Kind, chore.SubjectId });
        builder.Property(chore => chore.Kind).HasConversion<string>();
        builder.HasIndex(chore => chore.DueTime);
        builder.IsWorkedOnAcrossTenants("One task does what is due, for whichever tenant it is.");
    }
}
