using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Deals.Deals;
using Platform.Filtering;
using Platform.Tenancy;

namespace Platform.Deals.History;

/// <summary>
/// A deal that was deleted, as it was: a report about the time before counts it as it did then, and policies and filters still say for whom.
/// Nothing else reads it; it goes with the company.
/// </summary>
[NotAudited("The log tells of the deletion with the deal itself.")]
internal sealed class PastDeal : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid DealId { get; init; }

    public DateTimeOffset DeleteTime { get; init; }

    /// <summary>The row that it had, as JSON.</summary>
    public string Row { get; init; } = "{}";

    public static void Map(EntityTypeBuilder<PastDeal> builder)
    {
        builder.ToTable("past_deals");
        builder.HasKey(deal => new { deal.TenantId, deal.DealId });
        builder.Property(deal => deal.Row).HasColumnType("jsonb");
        builder.HasIndex(deal => new { deal.TenantId, deal.DeleteTime });
    }
}

/// <summary>Keeps what deals were that go, and finds them for reports.</summary>
internal static class PastDeals
{
    /// <summary>Keeps deals that are about to be deleted, in the transaction that does it.</summary>
    public static Task KeepAsync(DealsDbContext db, Guid[] ids, DateTimeOffset now, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO past_deals (tenant_id, deal_id, delete_time, row) SELECT tenant_id, id, {now}, to_jsonb(deals) FROM deals WHERE tenant_id = {db.Caller.RequiredTenantId} AND id = ANY({ids})
        ON CONFLICT (tenant_id, deal_id) DO UPDATE SET delete_time = excluded.delete_time, row = excluded.row
        """, cancellationToken);

    /// <summary>A deal as it was when it was deleted, not tracked, whoever may see it; its shares are not told. Null where none of that id was.</summary>
    public static async Task<Deal?> FindAsync(DealsDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var deal = await db.Deals.FromSqlByRule($"""
            SELECT (jsonb_populate_record(NULL::deals, past.row)).*, '0'::xid AS xmin FROM past_deals past WHERE past.tenant_id = {db.Caller.RequiredTenantId} AND past.deal_id = {id}
            """).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        deal?.Readers.Clear();
        deal?.Writers.Clear();
        return deal;
    }

    /// <summary>It is there again.</summary>
    public static Task ForgetAsync(DealsDbContext db, Guid id, CancellationToken cancellationToken) => db.PastDeals.Where(deal => deal.DealId == id).ExecuteDeleteAsync(cancellationToken);

    /// <summary>The deals that the caller sees, with those that were there at a moment and are not any more; and by which context they are filtered further.</summary>
    public static async Task<(IQueryable<Deal> Rows, FilterContext Context)> OfAsync(DealsDbContext db, DateTimeOffset asOf, FilterContext context, CancellationToken cancellationToken) =>
        await db.PastDeals.AnyAsync(deal => deal.DeleteTime > asOf, cancellationToken)
            ? (db.Deals.FromSqlOfPast($"""
                SELECT *, xmin FROM deals
                UNION ALL
                SELECT (jsonb_populate_record(NULL::deals, past.row)).*, '0'::xid FROM past_deals past
                WHERE past.tenant_id = {db.Caller.RequiredTenantId} AND past.delete_time > {asOf} AND NOT EXISTS (SELECT 1 FROM deals WHERE deals.tenant_id = past.tenant_id AND deals.id = past.deal_id)
                """), context.OfPast())
            : (db.Deals, context);
}
