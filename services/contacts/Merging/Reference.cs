using Platform.Auditing;
using Platform.Contacts.Activities;
using Platform.Contacts.Consents;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Contacts.Relations;
using Platform.Data;

namespace Platform.Contacts.Merging;

/// <summary>A column that leads to records which can be merged.</summary>
/// <param name="Name">By which moves know it.</param>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
/// <param name="Field">Its name in the log.</param>
/// <param name="HasFields">Whether its rows have custom fields, in which may stand where they lead.</param>
/// <param name="AuditAsync">Tells the log of rows that were led elsewhere.</param>
internal sealed record Reference(
    string Name, string Table, string Column, string Field, bool HasFields, Func<ContactsDbContext, IReadOnlyDictionary<Guid, FieldChange>, CancellationToken, Task> AuditAsync)
{
    /// <summary>Tells events of rows that were led elsewhere, where whoever looks at what they lead to besides has to hear of it.</summary>
    public Func<ContactsDbContext, IReadOnlyCollection<Guid>, CancellationToken, Task>? TellAsync { get; init; }

    /// <summary>What leads to people.</summary>
    public static IReadOnlyList<Reference> ToPeople { get; } =
    [
        Of<Activity>("activities", "person_id", "personId"),
        Of<Lead>("leads", "converted_person_id", "convertedPersonId"),
        Of<ConsentStatement>(ConsentStatement.Table, "person_id", "personId", hasFields: false),
        Of<Relation>(Relation.Table, "from_person_id", "fromPersonId", hasFields: false) with { TellAsync = RelationRows.TellOfMovesAsync },
        Of<Relation>(Relation.Table, "to_person_id", "toPersonId", hasFields: false) with { TellAsync = RelationRows.TellOfMovesAsync },
    ];

    /// <summary>What leads to companies.</summary>
    public static IReadOnlyList<Reference> ToCompanies { get; } =
    [
        Of<Activity>("activities", "company_id", "companyId"),
        Of<Person>("people", "company_id", "companyId"),
        Of<Lead>("leads", "converted_company_id", "convertedCompanyId"),
        Of<Relation>(Relation.Table, "from_company_id", "fromCompanyId", hasFields: false) with { TellAsync = RelationRows.TellOfMovesAsync },
        Of<Relation>(Relation.Table, "to_company_id", "toCompanyId", hasFields: false) with { TellAsync = RelationRows.TellOfMovesAsync },
    ];

    /// <summary>What leads to leads.</summary>
    public static IReadOnlyList<Reference> ToLeads { get; } =
        [Of<Activity>("activities", "lead_id", "leadId"), Of<ConsentStatement>(ConsentStatement.Table, "lead_id", "leadId", hasFields: false)];

    private static Reference Of<T>(string table, string column, string field, bool hasFields = true)
        where T : Entity, new() =>
        new($"{table}.{column}", table, column, field, hasFields, (db, changes, cancellationToken) => db.AuditChangedAsync<T>(
            [.. changes.Keys.Select(id => new T { Id = id })], row => [changes[row.Id]], cancellationToken));
}
