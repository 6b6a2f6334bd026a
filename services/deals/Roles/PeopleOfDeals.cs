using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.Deals.Roles;

/// <summary>Which deals somebody has a say in, for filters: <c>contacts : "…"</c>.</summary>
internal static class PeopleOfDeals
{
    /// <summary>In SQL: few deals have such people, so those that have some stand in an index of their own.</summary>
    public const string CreateIndex = "CREATE INDEX ix_deals_tenant_id_id_with_contacts ON deals (tenant_id, id) WHERE contacts <> '[]'::jsonb;";

    public const string DropIndex = "DROP INDEX ix_deals_tenant_id_id_with_contacts;";

    /// <summary>Ids of the deals in which one of these people has a say.</summary>
    public static IQueryable<Guid> With(PlatformDbContext db, IReadOnlyCollection<Guid> people)
    {
        var (tenant, ids) = (db.Caller.RequiredTenantId, people.ToArray());
        return db.Database.SqlQuery<Guid>(
            $"""
            SELECT deal.id AS "Value" FROM deals AS deal
            WHERE deal.tenant_id = {tenant} AND deal.contacts <> '[]'::jsonb
                AND EXISTS (SELECT FROM jsonb_array_elements(deal.contacts) AS contact WHERE (contact ->> 'PersonId')::uuid = ANY({ids}))
            """);
    }
}
