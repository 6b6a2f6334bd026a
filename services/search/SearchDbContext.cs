using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Search.Index;

namespace Platform.Search;

/// <summary>The unit of work of search.</summary>
public sealed class SearchDbContext(DbContextOptions<SearchDbContext> options) : PlatformDbContext(options)
{
    internal DbSet<TenantIndex> Indexes => Set<TenantIndex>();

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        SearchEntry.Map(model.Entity<SearchEntry>());
        SearchWord.Map(model.Entity<SearchWord>());
        SearchTerm.Map(model.Entity<SearchTerm>());
        SearchTrigram.Map(model.Entity<SearchTrigram>());
        TenantIndex.Map(model.Entity<TenantIndex>());
    }
}
