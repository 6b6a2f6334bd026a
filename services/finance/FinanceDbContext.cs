using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Finance.CreditNotes;
using Platform.Finance.Documents;
using Platform.Finance.Invoices;
using Platform.Finance.Settings;
using Platform.Monetary.Rates;
using Platform.Tenancy.Quotas;

namespace Platform.Finance;

/// <summary>The unit of work of the finance domain.</summary>
public sealed class FinanceDbContext(DbContextOptions<FinanceDbContext> options) : PlatformDbContext(options)
{
    internal ProtectedSet<Invoice> Invoices => ProtectedRows<Invoice>();

    internal ProtectedSet<CreditNote> CreditNotes => ProtectedRows<CreditNote>();

    internal DbSet<FinanceSettings> Settings => Set<FinanceSettings>();

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        InvoiceConfiguration.Map(model.Entity<Invoice>());
        CreditNoteConfiguration.Map(model.Entity<CreditNote>());
        FinanceSettingsConfiguration.Map(model.Entity<FinanceSettings>());
        NumberSeries.Map(model.Entity<NumberSeries>());
        model.MapReporting();
        Quota.Map(model.Entity<Quota>());
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<V1.Party>().HaveConversion<MessageConverter<V1.Party>, MessageComparer<V1.Party>>().HaveColumnType("jsonb");
    }
}
