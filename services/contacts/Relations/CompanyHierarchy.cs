using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Contacts.Relations;

/// <summary>Which company belongs to which: relations of the kind parent, of which each company has one at most, and none leads back to where it came from.</summary>
internal static class CompanyHierarchy
{
    /// <summary>Why the one cannot become the parent of the other; while nobody else relates two.</summary>
    public static async Task<Error?> FindFaultAsync(ContactsDbContext db, Guid parent, Guid child, CancellationToken cancellationToken)
    {
        if (await db.AllRelations().AnyAsync(row => row.Kind == V1.RelationKind.Parent && row.ToCompanyId == child && row.FromCompanyId != child, cancellationToken))
            return RelationErrors.HasParent;
        return (await AboveAsync(db, parent, cancellationToken)).Contains(child) ? RelationErrors.Loop : null;
    }

    /// <summary>Those above a company, whoever sees them. After a merge there may be several ways up, and one that leads back.</summary>
    public static Task<List<Guid>> AboveAsync(ContactsDbContext db, Guid company, CancellationToken cancellationToken) => db.Database.SqlQuery<Guid>($"""
        WITH RECURSIVE above AS (
            SELECT from_company_id AS id FROM relations WHERE tenant_id = {db.Caller.RequiredTenantId} AND kind = 'Parent' AND to_company_id = {company}
            UNION
            SELECT relation.from_company_id FROM relations AS relation JOIN above ON relation.to_company_id = above.id
            WHERE relation.tenant_id = {db.Caller.RequiredTenantId} AND relation.kind = 'Parent'
        )
        SELECT id AS "Value" FROM above
        """).ToListAsync(cancellationToken);
}
