using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Contacts.Duplicates;

/// <summary>The rules that a company set for one kind of record.</summary>
internal sealed class DuplicateRuleSet : Entity
{
    public string Resource { get; init; } = "";

    /// <summary>The rules as the JSON of their contract.</summary>
    public string Rules { get; private set; } = "";

    public static void Map(EntityTypeBuilder<DuplicateRuleSet> builder)
    {
        builder.IsResource("duplicate_rule_sets");
        builder.Property(set => set.Rules).HasColumnType("jsonb");
        builder.HasIndex(set => new { set.TenantId, set.Resource }).IsUnique();
    }

    /// <summary>By what duplicates of a kind are found; the platform's own rules where the company has set none.</summary>
    public static async Task<V1.DuplicateRules> OfAsync(ContactsDbContext db, DuplicateKind kind, CancellationToken cancellationToken) =>
        await db.DuplicateRuleSets.AsNoTracking().SingleOrDefaultAsync(set => set.TenantId == db.Caller.RequiredTenantId && set.Resource == kind.Resource.Name, cancellationToken) is { } set
            ? set.ToMessage() : new V1.DuplicateRules { Resource = kind.Resource.Name, Rules = { kind.Defaults } };

    public void Set(V1.DuplicateRules rules, DateTimeOffset now) =>
        (Rules, UpdateTime) = (JsonFormatter.Default.Format(new V1.DuplicateRules(rules) { Etag = "", Resource = "" }), now);

    public V1.DuplicateRules ToMessage()
    {
        var message = JsonParser.Default.Parse<V1.DuplicateRules>(Rules);
        (message.Resource, message.Etag) = (Resource, Etag);
        return message;
    }
}
