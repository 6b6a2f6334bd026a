using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Isolation.Tests.Installation;

/// <summary>Takes every query filter out of a service's model. It is registered by these tests; the product has no such switch.</summary>
internal sealed class ModelWithoutFilter(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var key in entity.GetDeclaredQueryFilters().Select(filter => filter.Key).OfType<string>().ToList())
                entity.SetQueryFilter(key, null);
        }
    }
}
