using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Filtering.Sql;

/// <summary>Adds <see cref="FilterTranslator"/> to the translators of a context.</summary>
internal sealed class FilteringExtension : IDbContextOptionsExtension
{
    public DbContextOptionsExtensionInfo Info => new FilteringInfo(this);

    public void ApplyServices(IServiceCollection services) =>
        new EntityFrameworkRelationalServicesBuilder(services).TryAdd<IMethodCallTranslatorPlugin, FilterTranslatorPlugin>();

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class FilteringInfo(FilteringExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is FilteringInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo)
        {
        }
    }
}
