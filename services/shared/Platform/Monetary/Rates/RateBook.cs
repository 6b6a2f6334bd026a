using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Data;
using Platform.Tenancy;

namespace Platform.Monetary.Rates;

/// <summary>How far this service knows the rates of a company. Who converts holds the row, so that the rates stay what they are until the end.</summary>
[NotAudited("A copy of what the tenants service has, where each change is in the log.")]
internal sealed class RateBook : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>The company's own currency; empty where it has none of ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>The last change that is known.</summary>
    public long Version { get; private set; }

    /// <summary>The last change by which all records were converted anew.</summary>
    public long ReportedVersion { get; private set; }

    /// <summary>The book of the caller's company, as it stays until the transaction ends; null where nothing is known of its rates.</summary>
    public static async Task<RateBook?> HoldAsync(PlatformDbContext db, CancellationToken cancellationToken)
    {
        var tenant = db.Caller.RequiredTenantId;
        return await db.Set<RateBook>().FromSql($"SELECT * FROM rate_books WHERE tenant_id = {tenant} FOR SHARE").AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }

    public static void Map(EntityTypeBuilder<RateBook> builder)
    {
        builder.ToTable("rate_books");
        builder.HasKey(book => book.TenantId);
    }
}
