using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Search.Index;
using Platform.Search.Rebuilding;

namespace Platform.Search;

/// <summary>The unit of work of search.</summary>
public sealed class SearchDbContext(DbContextOptions<SearchDbContext> options) : PlatformDbContext(options)
{
    internal DbSet<TenantIndex> Indexes => Set<TenantIndex>();

    internal DbSet<Rebuild> Rebuilds => Set<Rebuild>();

    internal DbSet<RebuildTurn> RebuildTurns => Set<RebuildTurn>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<List<RebuildPart>>().HaveConversion<RebuildPartsConverter, RebuildPartsComparer>().HaveColumnType("jsonb");
    }

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        SearchEntry.Map(model.Entity<SearchEntry>());
        SearchWord.Map(model.Entity<SearchWord>());
        SearchTerm.Map(model.Entity<SearchTerm>());
        SearchTrigram.Map(model.Entity<SearchTrigram>());
        TenantIndex.Map(model.Entity<TenantIndex>());
        Rebuild.Map(model.Entity<Rebuild>());
        RebuildTurn.Map(model.Entity<RebuildTurn>());
    }
}
