using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Relations;

internal static class RelationErrors
{
    public static readonly Error Exists = Error.AlreadyExists("RELATION_EXISTS", "There is this relation between the two already.");

    public static readonly Error HasParent = Error.Precondition("COMPANY_HAS_PARENT", "The company has a parent already: delete that relation first.");

    public static readonly Error Loop = Error.Precondition("HIERARCHY_LOOP", "The parent would be below its own subsidiary.");

    public static readonly Error Itself = Error.Invalid("relation.toCompanyId", "A relation is between two records.");

    public static readonly Error Denied = new(Google.Rpc.Code.PermissionDenied, "DENIED_BY_POLICY", "You may change neither of the two records.");

    public static readonly Error EndsFixed = Error.Invalid("relation", "Between whom a relation is, and of which kind, never changes: make another one.");

    public static Error NotFound(string id) => Error.NotFound("relation", id);

    /// <summary>One of the two went, or became part of another record, at this moment.</summary>
    public static Violation[] OnSave(V1.Relation relation) =>
    [
        new ForeignKeyViolation(Relation.FromPersonKey, NoPerson("relation.fromPersonId", relation.FromPersonId)),
        new ForeignKeyViolation(Relation.FromCompanyKey, NoCompany("relation.fromCompanyId", relation.FromCompanyId)),
        new ForeignKeyViolation(Relation.ToPersonKey, NoPerson("relation.toPersonId", relation.ToPersonId)),
        new ForeignKeyViolation(Relation.ToCompanyKey, NoCompany("relation.toCompanyId", relation.ToCompanyId)),
    ];

    /// <summary>Why a person cannot be deleted: a relation was made at this moment.</summary>
    public static Violation[] OnDeletePerson() => [new ForeignKeyViolation(Relation.FromPersonKey, Error.Stale("person")), new ForeignKeyViolation(Relation.ToPersonKey, Error.Stale("person"))];

    /// <summary>The same of a company.</summary>
    public static Violation[] OnDeleteCompany() => [new ForeignKeyViolation(Relation.FromCompanyKey, Error.Stale("company")), new ForeignKeyViolation(Relation.ToCompanyKey, Error.Stale("company"))];

    public static Error NoPerson(string field, string id) => Error.Invalid(field, Say($"There is no person with id '{id}'."));

    public static Error NoCompany(string field, string id) => Error.Invalid(field, Say($"There is no company with id '{id}'."));
}
