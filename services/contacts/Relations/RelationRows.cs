using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Relations;

internal static class RelationRows
{
    /// <summary>Those of two records that the caller may see.</summary>
    public static IQueryable<Relation> VisibleTo(this IQueryable<Relation> rows, ContactsDbContext db)
    {
        var between = rows.Where(row => (row.FromPersonId ?? row.FromCompanyId) != (row.ToPersonId ?? row.ToCompanyId));
        return db.Caller.Access is null ? between : between.Where(row =>
            (row.FromPersonId == null || db.People.Any(person => person.Id == row.FromPersonId)) && (row.FromCompanyId == null || db.Companies.Any(company => company.Id == row.FromCompanyId))
            && (row.ToPersonId == null || db.People.Any(person => person.Id == row.ToPersonId)) && (row.ToCompanyId == null || db.Companies.Any(company => company.Id == row.ToCompanyId)));
    }

    /// <summary>All relations of the company, whoever sees them: what rules of the company ask for.</summary>
    public static IQueryable<Relation> AllRelations(this ContactsDbContext db) => db.Relations.FromSqlByRule($"SELECT *, xmin FROM relations WHERE tenant_id = {db.Caller.RequiredTenantId}");

    /// <summary>The relation, to be changed by somebody who saw this version of it, and may change one of the two.</summary>
    public static async Task<Result<Relation>> LoadRelationAsync(this ContactsDbContext db, string id, string etag, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var known) || await db.Relations.VisibleTo(db).SingleOrDefaultAsync(row => row.Id == known, cancellationToken) is not { } relation)
            return RelationErrors.NotFound(id);
        if (!relation.Matches(etag))
            return Error.Stale("relation");
        return await db.FindFaultAsync(relation.ToMessage(), cancellationToken) is { } denied ? denied : relation;
    }

    /// <summary>Why the caller may not relate the two; null where he sees both, and may change one of them.</summary>
    public static async Task<Error?> FindFaultAsync(this ContactsDbContext db, V1.Relation relation, CancellationToken cancellationToken)
    {
        Guid[] people = [.. new[] { relation.FromPersonId, relation.ToPersonId }.Select(id => id.ToIdOrNull()).OfType<Guid>()];
        Guid[] companies = [.. new[] { relation.FromCompanyId, relation.ToCompanyId }.Select(id => id.ToIdOrNull()).OfType<Guid>()];
        var seen = await db.People.Where(row => people.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        seen.AddRange(await db.Companies.Where(row => companies.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken));
        if (Missing(relation.FromPersonId))
            return RelationErrors.NoPerson("relation.fromPersonId", relation.FromPersonId);
        if (Missing(relation.FromCompanyId))
            return RelationErrors.NoCompany("relation.fromCompanyId", relation.FromCompanyId);
        if (Missing(relation.ToPersonId))
            return RelationErrors.NoPerson("relation.toPersonId", relation.ToPersonId);
        if (Missing(relation.ToCompanyId))
            return RelationErrors.NoCompany("relation.toCompanyId", relation.ToCompanyId);
        return await db.People.For(AccessAction.Update).AnyAsync(row => people.Contains(row.Id), cancellationToken)
            || await db.Companies.For(AccessAction.Update).AnyAsync(row => companies.Contains(row.Id), cancellationToken)
                ? null
                : RelationErrors.Denied;

        bool Missing(string id) => id.ToIdOrNull() is { } named && !seen.Contains(named);
    }

    /// <summary>One after the other, so that no two make what neither alone would: until the transaction ends.</summary>
    public static Task HoldRelationsAsync(this ContactsDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"relations {db.Caller.RequiredTenantId}"}, 0))", cancellationToken);

    /// <summary>Removes relations, and tells of it.</summary>
    public static void Forget(this ContactsDbContext db, IReadOnlyCollection<Relation> relations)
    {
        foreach (var relation in relations)
        {
            db.Relations.Remove(relation);
            db.Publish(relation.Id, new V1.RelationDeleted { Id = relation.Id.ToString(), Relation = relation.ToMessage() });
        }
    }

    /// <summary>Tells of relations that a merge has led elsewhere; around the change tracker, as they were led.</summary>
    public static async Task TellOfMovesAsync(ContactsDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        Guid[] moved = [.. ids];
        foreach (var relation in await db.AllRelations().AsNoTracking().Where(row => moved.Contains(row.Id)).ToListAsync(cancellationToken))
            db.Publish(relation.Id, new V1.RelationUpdated { Relation = relation.ToMessage() });
    }

    /// <summary>With people who go, what they are to others.</summary>
    public static async Task ForgetRelationsOfPeopleAsync(this ContactsDbContext db, Guid[] ids, CancellationToken cancellationToken) => db.ForgetByRule(await db.AllRelations()
        .Where(row => (row.FromPersonId != null && ids.Contains(row.FromPersonId.Value)) || (row.ToPersonId != null && ids.Contains(row.ToPersonId.Value))).ToListAsync(cancellationToken));

    /// <summary>The same of companies.</summary>
    public static async Task ForgetRelationsOfCompaniesAsync(this ContactsDbContext db, Guid[] ids, CancellationToken cancellationToken) => db.ForgetByRule(await db.AllRelations()
        .Where(row => (row.FromCompanyId != null && ids.Contains(row.FromCompanyId.Value)) || (row.ToCompanyId != null && ids.Contains(row.ToCompanyId.Value))).ToListAsync(cancellationToken));

    // Whoever may delete a record may delete what it is to others.
    private static void ForgetByRule(this ContactsDbContext db, List<Relation> relations)
    {
        foreach (var relation in relations)
            db.Relations.Follow(relation);
        db.Forget(relations);
    }
}
