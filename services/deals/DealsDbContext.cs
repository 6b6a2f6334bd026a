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

    internal DbSet<QuoteMail> QuoteMails => Set<QuoteMail>();

    internal DbSet<ForecastOverride> ForecastOverrides => Set<ForecastOverride>();

    internal DbSet<DealChange> Changes => Set<DealChange>();

    internal DbSet<PastDeal> PastDeals => Set<PastDeal>();

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var now = Time.GetUtcNow();
        DealHistory.Follow(this, now);
        OwnerChange.Publish(this, change => change.Row is Deal deal ? DealHistory.OwnerChanged(deal, change.From) : null);
        Guid[] gone = [.. ChangeTracker.Entries<Deal>().Where(entry => entry.State == EntityState.Deleted).Select(entry => entry.Entity.Id)];
        return gone.Length == 0
            ? base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
            : InTransactionAsync(async () =>
            {
                await Platform.Deals.History.PastDeals.KeepAsync(this, gone, now, cancellationToken);
                return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            }, cancellationToken);
    }

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        DealConfiguration.Map(model.Entity<Deal>());
        QuoteConfiguration.Map(model.Entity<Quote>());
        QuoteLink.Map(model.Entity<QuoteLink>());
        QuoteExpiry.Map(model.Entity<QuoteExpiry>());
        QuoteMail.Map(model.Entity<QuoteMail>());
        QuoteSeries.Map(model.Entity<QuoteSeries>());
        DealChangeConfiguration.Map(model.Entity<DealChange>());
        PastDeal.Map(model.Entity<PastDeal>());
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
