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

    /// <summary>That of the older record, as ids of one place go.</summary>
    public Guid FirstId { get; init; }

    public Guid SecondId { get; init; }

    public int Score { get; init; }

    public List<string> Reasons { get; init; } = [];

    public bool Dismissed { get; init; }

    public static void Map(EntityTypeBuilder<DuplicatePair> builder)
    {
        builder.IsResource("duplicate_pairs");
        builder.HasIndex(pair => new { pair.TenantId, pair.FirstId, pair.SecondId }).IsUnique();
        builder.HasIndex(pair => new { pair.TenantId, pair.SecondId });
    }

    public static DuplicatePair Of(string resource, Guid one, Guid other) => one.CompareTo(other) < 0
        ? new() { Resource = resource, FirstId = one, SecondId = other }
        : new() { Resource = resource, FirstId = other, SecondId = one };

    /// <summary>For somebody who may know these reasons; the score tells of all of them.</summary>
    public V1.Duplicate ToMessage(string[] open)
    {
        var told = Reasons.Where(open.Contains).ToList();
        return new()
        {
            Id = Id.ToString(),
            Resource = Resource,
            FirstId = FirstId.ToString(),
            SecondId = SecondId.ToString(),
            Score = told.Count == Reasons.Count ? Score : 0,
            Reasons = { told },
            CreateTime = CreateTime.ToTimestamp(),
        };
    }
}
