using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Access;

/// <summary>A record that has an owner, can be shared, and that policies may narrow. Its rows are reached by a <see cref="ProtectedSet{T}"/> only.</summary>
public abstract class ProtectedEntity : Entity
{
    /// <summary>The person who looks after it.</summary>
    public Guid? OwnerId { get; internal protected set; }

    /// <summary>Who may read it by a share: see <see cref="ShareKeys"/>.</summary>
    public List<string> Readers { get; internal set; } = [];

    /// <summary>Who may read and update it by a share.</summary>
    public List<string> Writers { get; internal set; } = [];

    /// <summary>Its kind.</summary>
    public abstract ProtectedResource AccessResource();

    /// <summary>Whether it is a record in use, where deleted rows are kept for a while.</summary>
    public virtual bool IsInUse() => true;

    /// <summary>Whether a change of the row is a deletion, or takes one back, where deleted rows are kept for a while.</summary>
    /// <param name="stored">The row as it is in the database.</param>
    public virtual bool IsDeletionOf(ProtectedEntity stored) => false;
}

/// <summary>Says which kind of record an entity is.</summary>
/// <typeparam name="TSelf">The entity.</typeparam>
public interface IProtected<TSelf>
    where TSelf : ProtectedEntity, IProtected<TSelf>
{
    /// <summary>Its kind.</summary>
    static abstract ProtectedResource<TSelf> Resource { get; }
}

/// <summary>Mapping that every protected record has.</summary>
public static class ProtectedEntityConfiguration
{
    /// <summary>A resource with its owner, and with its shares in the row itself, so that one comparison of arrays finds what is shared.</summary>
    public static EntityTypeBuilder<T> IsProtectedResource<T>(this EntityTypeBuilder<T> builder, string table)
        where T : ProtectedEntity
    {
        builder.IsResource(table);
        builder.Property(entity => entity.Readers).HasDefaultValueSql("'{}'::text[]");
        builder.Property(entity => entity.Writers).HasDefaultValueSql("'{}'::text[]");
        builder.HasIndex(entity => new { entity.TenantId, entity.OwnerId, entity.Id });
        return builder;
    }
}
