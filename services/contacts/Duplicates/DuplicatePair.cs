using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Data;

namespace Platform.Contacts.Duplicates;

/// <summary>Two records that may be the same, or of which somebody said that they are not.</summary>
[NotAudited("What a sweep finds follows from the records; that somebody dismissed a pair is written by itself.")]
internal sealed class DuplicatePair : Entity
{
    public string Resource { get; init; } = "";

    /// <summary>The older of the two, by its id.</summary>
    public Guid FirstId { get; init; }

    public Guid SecondId { get; init; }

    public int Score { get; private set; }

    public List<string> Reasons { get; private set; } = [];

    public bool Dismissed { get; private set; }

    public static void Map(EntityTypeBuilder<DuplicatePair> builder)
    {
        builder.IsResource("duplicate_pairs");
        builder.HasIndex(pair => new { pair.TenantId, pair.FirstId, pair.SecondId }).IsUnique();
    }

    public static DuplicatePair Of(string resource, Guid one, Guid other, DateTimeOffset now) => one.CompareTo(other) < 0
        ? new() { Resource = resource, FirstId = one, SecondId = other, CreateTime = now, UpdateTime = now }
        : new() { Resource = resource, FirstId = other, SecondId = one, CreateTime = now, UpdateTime = now };

    /// <summary>A sweep found it, again perhaps.</summary>
    public void Found(int score, IEnumerable<string> reasons, DateTimeOffset now) => (Score, Reasons, UpdateTime) = (score, [.. reasons], now);

    public void Dismiss(DateTimeOffset now) => (Dismissed, UpdateTime) = (true, now);

    public V1.Duplicate ToMessage(bool tellsReasons) => new()
    {
        Id = Id.ToString(),
        Resource = Resource,
        FirstId = FirstId.ToString(),
        SecondId = SecondId.ToString(),
        Score = Score,
        Reasons = { tellsReasons ? Reasons : [] },
        CreateTime = CreateTime.ToTimestamp(),
    };
}
