using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Finance.Settings;

internal static class FinanceSettingsConfiguration
{
    public const string Key = "pk_finance_settings";

    public static void Map(EntityTypeBuilder<FinanceSettings> builder)
    {
        builder.IsResource("finance_settings");
        builder.ToTable(table => table.HasCheckConstraint("ck_finance_settings_one_a_tenant", "id = tenant_id"));
        builder.HasKey(settings => new { settings.TenantId, settings.Id }).HasName(Key);
        builder.Property(settings => settings.TaxRounding).HasConversion<string>();
        builder.Ignore(settings => settings.HasLegalEntity);
    }
}
