using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Metadata.Dashboards;
using Platform.Metadata.Dictionaries;
using Platform.Metadata.Fields;
using Platform.Metadata.Layouts;
using Platform.Metadata.Objects;
using Platform.Metadata.Packages;
using Platform.Metadata.Schemas;
using Platform.Metadata.Shapes;
using Platform.Metadata.Themes;
using Platform.Metadata.Views;

namespace Platform.Metadata;

/// <summary>The unit of work of the metadata domain.</summary>
public sealed class MetadataDbContext(DbContextOptions<MetadataDbContext> options) : PlatformDbContext(options)
{
    internal DbSet<CustomField> Fields => Set<CustomField>();

    internal DbSet<CustomObject> Objects => Set<CustomObject>();

    internal DbSet<SchemaVersion> SchemaVersions => Set<SchemaVersion>();

    internal DbSet<Dictionary> Dictionaries => Set<Dictionary>();

    internal DbSet<SavedView> Views => Set<SavedView>();

    internal DbSet<ViewPreference> ViewPreferences => Set<ViewPreference>();

    internal DbSet<Layout> Layouts => Set<Layout>();

    internal DbSet<Dashboard> Dashboards => Set<Dashboard>();

    internal DbSet<Theme> Themes => Set<Theme>();

    internal DbSet<ThemeLogo> ThemeLogos => Set<ThemeLogo>();

    internal DbSet<MetadataVersion> Versions => Set<MetadataVersion>();

    internal DbSet<FieldPurge> Purges => Set<FieldPurge>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        Keep<V1.Field>(configurationBuilder);
        Keep<V1.Dictionary>(configurationBuilder);
        Keep<V1.SavedView>(configurationBuilder);
        Keep<V1.Layout>(configurationBuilder);
        Keep<V1.Dashboard>(configurationBuilder);
        Keep<V1.Theme>(configurationBuilder);
        Keep<V1.MetadataPackage>(configurationBuilder);
        Keep<V1.ObjectType>(configurationBuilder);
    }

    private static void Keep<T>(ModelConfigurationBuilder configuration)
        where T : IMessage<T>, IDeepCloneable<T>, new() => configuration.Properties<T>().HaveConversion<MessageConverter<T>, MessageComparer<T>>().HaveColumnType("jsonb");

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        CustomFieldConfiguration.Map(model.Entity<CustomField>());
        CustomObjectConfiguration.Map(model.Entity<CustomObject>());
        SchemaVersion.Map(model.Entity<SchemaVersion>());
        FieldPurge.Map(model.Entity<FieldPurge>());
        model.Entity<Dictionary>().IsShape<Dictionary, V1.Dictionary>("dictionaries");
        model.Entity<SavedView>().IsShape<SavedView, V1.SavedView>("saved_views");
        ViewPreference.Map(model.Entity<ViewPreference>());
        model.Entity<Layout>().IsShape<Layout, V1.Layout>("layouts");
        model.Entity<Dashboard>().IsShape<Dashboard, V1.Dashboard>("dashboards");
        model.Entity<Theme>().IsShape<Theme, V1.Theme>("themes");
        ThemeLogo.Map(model.Entity<ThemeLogo>());
        MetadataVersion.Map(model.Entity<MetadataVersion>());
    }
}
