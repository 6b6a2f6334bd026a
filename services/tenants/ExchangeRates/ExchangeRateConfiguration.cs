using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Tenants.ExchangeRates;

internal static class ExchangeRateConfiguration
{
    public static void Map(EntityTypeBuilder<ExchangeRate> builder)
    {
        builder.IsResource("exchange_rates").ToTable(table => table.HasCheckConstraint("ck_exchange_rates_rate", "rate > 0"));
        builder.HasIndex(rate => new { rate.TenantId, rate.CompanyCurrency, rate.Currency, rate.ValidFrom }).IsUnique();
        builder.HasIndex(rate => new { rate.TenantId, rate.ChangeNumber });
    }
}
