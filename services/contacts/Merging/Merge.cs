using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Data;

namespace Platform.Contacts.Merging;

/// <summary>That several records became one, and what the one that stayed held before and after.</summary>
[NotAudited("The merged records and the one that stays are in the log themselves.")]
internal sealed class Merge : Entity
{
    public string Resource { get; init; } = "";

    public Guid SurvivorId { get; init; }

    public string MergedBy { get; init; } = "";

    /// <summary>The message of the record that stays as it was; null once the merge can no longer be undone.</summary>
    public byte[]? Before { get; private set; }

    /// <summary>The same as the merge made it.</summary>
    public byte[]? After { get; private set; }

    public static void Map(EntityTypeBuilder<Merge> builder)
    {
        builder.IsResource("merges");
        builder.HasIndex(merge => new { merge.TenantId, merge.SurvivorId, merge.Id });
    }

    public void Keep(IMessage before, IMessage after) => (Before, After) = (before.ToByteArray(), after.ToByteArray());

    /// <summary>It can no longer be undone.</summary>
    public void Forget(DateTimeOffset now) => (Before, After, UpdateTime) = (null, null, now);

    public V1.Merge ToMessage(IEnumerable<Guid> merged, TimeSpan grace) => new()
    {
        Id = Id.ToString(),
        SurvivorId = SurvivorId.ToString(),
        MergedIds = { merged.Select(id => id.ToString()) },
        CreateTime = CreateTime.ToTimestamp(),
        UnmergeTimeLimit = (CreateTime + grace).ToTimestamp(),
        MergedBy = MergedBy,
    };
}
