using Platform.Auditing;
using Platform.Contacts.Activities;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Data;

namespace Platform.Contacts.Merging;

/// <summary>A column that leads to records which can be merged.</summary>
/// <param name="Name">By which moves know it.</param>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
/// <param name="Field">Its name in the log.</param>
/// <param name="IsTimed">Whether the row tells when it was changed; entries of timelines do not.</param>
/// <param name="AuditAsync">Tells the log of rows that were led elsewhere.</param>
internal sealed record Reference(
    string Name, string Table, string Column, string Field, bool IsTimed, Func<ContactsDbContext, IReadOnlyDictionary<Guid, FieldChange>, CancellationToken, Task> AuditAsync)
{
    /// <summary>What leads to people.</summary>
    public static IReadOnlyList<Reference> ToPeople { get; } =
    [
        Of<Activity>("activities", "person_id", "personId", isTimed: false),
        Of<Lead>("leads", "converted_person_id", "convertedPersonId"),
    ];

    /// <summary>What leads to companies.</summary>
    public static IReadOnlyList<Reference> ToCompanies { get; } =
    [
        Of<Activity>("activities", "company_id", "companyId", isTimed: false),
        Of<Person>("people", "company_id", "companyId"),
        Of<Lead>("leads", "converted_company_id", "convertedCompanyId"),
    ];

    private static Reference Of<T>(string table, string column, string field, bool isTimed = true)
        where T : Entity, new() =>
        new($"{table}.{column}", table, column, field, isTimed, (db, changes, cancellationToken) => db.AuditChangedAsync<T>(
            [.. changes.Keys.Select(id => new T { Id = id })], row => [changes[row.Id]], cancellationToken));
}
