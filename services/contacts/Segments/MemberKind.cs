using Platform.Access;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;
using Platform.Filtering.Fields;

namespace Platform.Contacts.Segments;

/// <summary>A kind of record that segments have.</summary>
internal abstract class MemberKind(string resource)
{
    public static IReadOnlyList<MemberKind> All { get; } =
    [
        new MemberKind<Person>(db => db.People, PersonFields.Schema),
        new MemberKind<Company>(db => db.Companies, CompanyFields.Schema),
        new MemberKind<Lead>(db => db.Leads, LeadFields.Schema),
    ];

    public string Resource => resource;

    public static MemberKind? Find(string resource) => All.FirstOrDefault(kind => kind.Resource == resource);

    /// <summary>Ids of the records that the caller may read.</summary>
    public abstract IQueryable<Guid> Records(ContactsDbContext db);

    /// <summary>Ties an expression to them. Fails with <c>INVALID_FILTER</c>, and where it reads a field that is hidden from the caller.</summary>
    /// <param name="filter">The expression.</param>
    /// <param name="db">The unit of work; the company's fields are known to its caller.</param>
    /// <param name="context">When, and where.</param>
    /// <param name="strict">Whether a field that the company does not have is a fault; of one that was deleted since, everything is unknown.</param>
    public abstract Result<SegmentCondition> Bind(string filter, ContactsDbContext db, FilterContext context, bool strict = true);
}

internal sealed class MemberKind<T>(Func<ContactsDbContext, ProtectedSet<T>> rows, FilterSchema<T> schema) : MemberKind(T.Resource.Info.Name)
    where T : ProtectedEntity, IProtected<T>
{
    public override IQueryable<Guid> Records(ContactsDbContext db) => rows(db).Select(row => row.Id);

    public override Result<SegmentCondition> Bind(string filter, ContactsDbContext db, FilterContext context, bool strict = true)
    {
        var parsed = Filter.Parse(filter);
        if (parsed.IsError)
            return parsed.Error;
        var bound = parsed.Value.Bind(schema, context.CustomFields, strict);
        if (bound.IsError)
            return bound.Error;
        if (bound.Value.CheckReadable(context, Resource) is { } hidden)
            return hidden;
        return new SegmentCondition(
            rows(db).Where(bound.Value.ToPredicate(context)).Select(row => row.Id), [.. bound.Value.FieldsOf(Resource)], [.. bound.Value.Links], [.. bound.Value.RelatedKinds], parsed.Value);
    }
}
