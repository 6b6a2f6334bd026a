using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Bulk;
using Platform.Data;
using Platform.Deals.Deals;
using Platform.Deals.Forecasts;
using Platform.Deals.History;
using Platform.Deals.Quotes;
using Platform.Deals.Quotes.Links;
using Platform.Deals.Quotes.Sending;
using Platform.Monetary.Rates;
using Platform.Tenancy.Quotas;

namespace Platform.Deals;

/// <summary>The unit of work of the deals domain.</summary>
public sealed class DealsDbContext(DbContextOptions<DealsDbContext> options) : PlatformDbContext(options)
{
    internal ProtectedSet<Deal> Deals => ProtectedRows<Deal>();

    internal ProtectedSet<Quote> Quotes => ProtectedRows<Quote>();

    internal DbSet<QuoteLink> QuoteLinks => Set<QuoteLink>();

    internal DbSet<QuoteExpiry> QuoteExpiries => Set<QuoteExpiry>();

    internal DbSet<ForecastOverride> ForecastOverrides => Set<ForecastOverride>();

    internal DbSet<DealChange> Changes => Set<DealChange>();

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        DealHistory.Follow(this, Time.GetUtcNow());
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        DealConfiguration.Map(model.Entity<Deal>());
        QuoteConfiguration.Map(model.Entity<Quote>());
        QuoteLink.Map(model.Entity<QuoteLink>());
        QuoteExpiry.Map(model.Entity<QuoteExpiry>());
        QuoteSeries.Map(model.Entity<QuoteSeries>());
        DealChangeConfiguration.Map(model.Entity<DealChange>());
        ForecastOverride.Map(model.Entity<ForecastOverride>());
        model.MapReporting();
        model.MapBulk();
        Quota.Map(model.Entity<Quota>());
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<V1.QuoteParty>().HaveConversion<MessageConverter<V1.QuoteParty>, MessageComparer<V1.QuoteParty>>().HaveColumnType("jsonb");
    }
}
