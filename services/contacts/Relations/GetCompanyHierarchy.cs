using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Contacts.Companies;
using Platform.Contacts.Merging;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Relations;

/// <summary>The companies above one and below it. What the caller does not see is not in it, and neither is what hangs on that alone.</summary>
internal static class GetCompanyHierarchy
{
    private const int Most = 1_000;

    public sealed class Validator : AbstractValidator<V1.GetCompanyHierarchyRequest>
    {
        public Validator() => RuleFor(request => request.CompanyId).Id();
    }

    public static async Task<Result<V1.CompanyHierarchy>> Handle(V1.GetCompanyHierarchyRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        if (await db.FindOrSurvivorAsync(db.Companies, Guid.Parse(request.CompanyId), cancellationToken) is not { } company)
            return CompanyErrors.NotFound(request.CompanyId);
        var hierarchy = new V1.CompanyHierarchy();
        var top = await TopAsync(db, company.Id, cancellationToken);
        var seen = new HashSet<Guid> { top };
        var level = new List<(Guid Id, Guid? Parent)> { (top, null) };
        while (level.Count > 0)
        {
            await AddAsync(db, hierarchy, level, cancellationToken);
            if (hierarchy.HasMore = seen.Count > Most)
                break;
            Guid?[] parents = [.. level.Select(node => (Guid?)node.Id)];
            var below = await Parents(db).Where(row => parents.Contains(row.FromCompanyId)).OrderBy(row => row.Id).Take(Most).Select(row => new { row.FromCompanyId, row.ToCompanyId }).ToListAsync(cancellationToken);
            level = [.. below.Where(row => seen.Add(row.ToCompanyId!.Value)).Select(row => (row.ToCompanyId!.Value, row.FromCompanyId))];
        }

        return hierarchy;
    }

    private static IQueryable<Relation> Parents(ContactsDbContext db) => db.Relations.VisibleTo(db).AsNoTracking().Where(row => row.Kind == V1.RelationKind.Parent);

    // As far up as the caller sees the way.
    private static async Task<Guid> TopAsync(ContactsDbContext db, Guid company, CancellationToken cancellationToken)
    {
        var way = new HashSet<Guid> { company };
        while (await Parents(db).Where(row => row.ToCompanyId == company).OrderBy(row => row.Id).Select(row => row.FromCompanyId).FirstOrDefaultAsync(cancellationToken) is { } above && way.Add(above))
            company = above;
        return company;
    }

    private static async Task AddAsync(ContactsDbContext db, V1.CompanyHierarchy hierarchy, List<(Guid Id, Guid? Parent)> level, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. level.Select(node => node.Id)];
        var isNamed = db.Caller.CanRead(Company.Resource.Info, "name");
        var names = await db.Companies.Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        hierarchy.Companies.AddRange(level.Select(node => new V1.CompanyNode
        {
            CompanyId = node.Id.ToString(),
            ParentId = node.Parent.ToIdText(),
            Name = isNamed ? names.GetValueOrDefault(node.Id, "") : "",
        }));
    }
}
