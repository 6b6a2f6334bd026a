using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Auditing;
using Platform.Contacts.Companies;
using Platform.Contacts.Imports.Rows;
using Platform.Contacts.People;
using Platform.Events;
using Platform.Importing.Writing;

namespace Platform.Contacts.Imports.Writing;

/// <summary>People and companies of one batch: three lookups, then one statement a table, in the open transaction.</summary>
internal static class ContactsBatch
{
    public static async Task<List<RowOutcome>> WriteAsync(IReadOnlyList<RowDraft> rows, ContactsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var folded = await Folding.FoldAsync(db, rows.SelectMany(row => new[] { row.Company?.Name ?? "", row.Person?.Email ?? "" }), cancellationToken);
        var companies = await CompaniesAsync(rows, folded, db, cancellationToken);
        var people = await PeopleAsync(rows, folded, db, cancellationToken);
        var outcomes = rows.Select(row => Put(row, companies, people, folded, now)).ToList();
        await db.Companies.PrepareNewAsync(companies.New, cancellationToken);
        await db.People.PrepareNewAsync(people.New, cancellationToken);
        await db.InsertAsync(companies.New, cancellationToken);
        await db.InsertAsync(people.New, cancellationToken);
        await db.AuditCreatedAsync(companies.New, cancellationToken);
        await db.AuditCreatedAsync(people.New, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.PublishManyAsync(Events(companies, people), cancellationToken);
        return outcomes;
    }

    private static RowOutcome Put(RowDraft draft, Shelf<Company> companies, Shelf<Person> people, Dictionary<string, string> folded, DateTimeOffset now)
    {
        var outcome = default(RowOutcome);
        Company? company = null;
        if (draft.Company is { } values)
        {
            (company, var change) = companies.Put(folded[values.Name], () => Company.Create(values, now), row => row.Fill(values, now));
            outcome = outcome with { Company = change };
        }

        if (draft.Person is not { } person)
            return outcome;
        person.CompanyId = company?.Id.ToString() ?? "";
        var key = person.Email.Length > 0 ? folded[person.Email] : Sameness.KeyOf(person);
        var (_, personChange) = people.Put(key, () => Person.Create(person, now), row => row.Fill(person, now));
        return outcome with { Person = personChange };
    }

    private static async Task<Shelf<Company>> CompaniesAsync(IReadOnlyList<RowDraft> rows, Dictionary<string, string> folded, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var keys = rows.Where(row => row.Company is not null).Select(row => folded[row.Company!.Name]).Distinct().ToList();
        return new Shelf<Company>(keys.Count == 0 ? [] : await db.Companies
            .Where(row => keys.Contains(EF.Property<string>(row, "LowerName")))
            .Select(row => new { Key = EF.Property<string>(row, "LowerName"), Row = row })
            .ToDictionaryAsync(found => found.Key, found => found.Row, cancellationToken));
    }

    private static async Task<Shelf<Person>> PeopleAsync(IReadOnlyList<RowDraft> rows, Dictionary<string, string> folded, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var keys = rows.Where(row => row.Person is { Email.Length: > 0 }).Select(row => folded[row.Person!.Email]).Distinct().ToList();
        var known = keys.Count == 0 ? [] : await db.People
            .Where(row => keys.Contains(EF.Property<string>(row, "LowerEmail")))
            .Select(row => new { Key = EF.Property<string>(row, "LowerEmail"), Row = row })
            .ToDictionaryAsync(found => found.Key, found => found.Row, cancellationToken);
        foreach (var row in await WithoutEmailAsync(rows, db, cancellationToken))
            known.TryAdd(Sameness.KeyOf(row.ToMessage()), row);
        return new Shelf<Person>(known);
    }

    private static async Task<List<Person>> WithoutEmailAsync(IReadOnlyList<RowDraft> rows, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var names = rows.Where(row => row.Person is { Email.Length: 0 }).Select(row => row.Person!.LastName).Distinct().ToList();
        return names.Count == 0 ? [] : await db.People
            .Where(row => EF.Property<string?>(row, "LowerEmail") == null && names.Contains(row.LastName))
            .ToListAsync(cancellationToken);
    }

    private static IEnumerable<(Guid, IMessage)> Events(Shelf<Company> companies, Shelf<Person> people) =>
    [
        .. companies.New.Select(row => (row.Id, (IMessage)new V1.CompanyCreated { Company = row.ToMessage() })),
        .. companies.Updated.Select(row => (row.Id, (IMessage)new V1.CompanyUpdated { Company = row.ToMessage() })),
        .. people.New.Select(row => (row.Id, (IMessage)new V1.PersonCreated { Person = row.ToMessage() })),
        .. people.Updated.Select(row => (row.Id, (IMessage)new V1.PersonUpdated { Person = row.ToMessage() })),
    ];
}
