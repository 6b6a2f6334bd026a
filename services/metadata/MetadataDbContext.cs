using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Metadata.Fields;
using Platform.Metadata.Objects;
using Platform.Metadata.Schemas;

namespace Platform.Metadata;

/// <summary>The unit of work of the metadata domain.</summary>
public sealed class MetadataDbContext(DbContextOptions<MetadataDbContext> options) : PlatformDbContext(options)
{
    internal DbSet<CustomField> Fields => Set<CustomField>();

    internal DbSet<CustomObject> Objects => Set<CustomObject>();

    internal DbSet<SchemaVersion> SchemaVersions => Set<SchemaVersion>();

    internal DbSet<FieldPurge> Purges => Set<FieldPurge>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<V1.Field>().HaveConversion<MessageConverter<V1.Field>, MessageComparer<V1.Field>>().HaveColumnType("jsonb");
        configurationBuilder.Properties<V1.ObjectType>().HaveConversion<MessageConverter<V1.ObjectType>, MessageComparer<V1.ObjectType>>().HaveColumnType("jsonb");
    }

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        CustomFieldConfiguration.Map(model.Entity<CustomField>());
        CustomObjectConfiguration.Map(model.Entity<CustomObject>());
        SchemaVersion.Map(model.Entity<SchemaVersion>());
        FieldPurge.Map(model.Entity<FieldPurge>());
    }
}
