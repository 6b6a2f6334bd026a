using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Platform.Filtering.Sql;

internal static class FilteringOptions
{
    /// <summary>Lets queries use filters.</summary>
    public static DbContextOptionsBuilder UseFiltering(this DbContextOptionsBuilder options)
    {
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(options.Options.FindExtension<FilteringExtension>() ?? new FilteringExtension());
        return options;
    }
}
