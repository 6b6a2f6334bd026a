using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Contacts.Leads;

/// <summary>Rules of a company over leads, of which it has one set of each kind.</summary>
/// <typeparam name="T">Their contract.</typeparam>
internal abstract class LeadRuleSet<T> : Entity
    where T : class, IMessage<T>, new()
{
    /// <summary>The rules as the JSON of their contract.</summary>
    public string Rules { get; private set; } = "";

    protected static void Map<TSet>(EntityTypeBuilder<TSet> builder, string table, string unique)
        where TSet : LeadRuleSet<T>
    {
        builder.IsResource(table);
        builder.Property(set => set.Rules).HasColumnType("jsonb");
        builder.HasIndex(set => set.TenantId).IsUnique().HasDatabaseName(unique);
    }

    protected void Keep(T rules, DateTimeOffset now) => (Rules, UpdateTime) = (JsonFormatter.Default.Format(rules), now);

    protected T Read() => JsonParser.Default.Parse<T>(Rules);
}
