using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Auditing;
using Platform.Contacts.Companies;
using Platform.Contacts.Duplicates;
using Platform.Contacts.Imports.Rows;
using Platform.Contacts.Imports.Undoing;
using Platform.Contacts.People;
using Platform.Events;
using Platform.Importing;
using Platform.Importing.Writing;

namespace Platform.Contacts.Imports.Writing;

/// <summary>
/// People and companies of one batch: three lookups, then one statement a table, in the open transaction. Most rows that are there already get
/// nothing, so only what is filled is tracked.
/// </summary>
internal static class ContactsBatch
{
    public static async Task<BatchResult<RowOutcome>> WriteAsync(IReadOnlyList<RowDraft> rows, V1.ImportOptions options, ImportLog log, ContactsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var folded = await Folding.FoldAsync(db, rows.SelectMany(row => new[] { row.Company?.Name ?? "", row.Person?.Email ?? "" }), cancellationToken);
        var companies = await CompaniesAsync(rows, folded, db, cancellationToken);
        var people = await PeopleAsync(rows, folded, db, cancellationToken);
        var twins = await TwinsAsync(rows, companies, people, folded, options, db, cancellationToken);
        var results = rows.Select(row => Put(row, companies, people, twins, folded, now)).ToList();
        await db.Companies.PrepareNewAsync(companies.New, cancellationToken);
        await db.People.PrepareNewAsync(people.New, cancellationToken);
        var (entries, events) = await Meanwhile.ComputeAsync(
            async () =>
            {
                await db.InsertAsync(companies.New, cancellationToken);
                await db.InsertAsync(people.New, cancellationToken);
            },
            () => (db.EntriesOfNew(companies.New).And(db.EntriesOfNew(people.New)), db.BulkOf(OfNew(companies, people))));
        await db.AuditAsync(entries, cancellationToken);
        var filledCompanies = await db.Companies.TakeUpAsync([.. companies.Updated], (stored, filled) => stored.Update(filled.ToMessage(), now), cancellationToken);
        var filledPeople = await db.People.TakeUpAsync([.. people.Updated], (stored, filled) => stored.Update(filled.ToMessage(), now), cancellationToken);
        await log.KeepAsync(companies.New, filledCompanies, row => row.ToMessage(), cancellationToken);
        await log.KeepAsync(people.New, filledPeople, row => row.ToMessage(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.PublishAsync(events.And(db.BulkOf(OfUpdated(filledCompanies, filledPeople))), cancellationToken);
        return new BatchResult<RowOutcome>([.. results.Where(result => result.Fault is null).Select(result => result.Outcome)], [.. results.Select(result => result.Fault).OfType<RowFault>()]);
    }

    private static (RowOutcome Outcome, RowFault? Fault) Put(
        RowDraft draft, Shelf<Company> companies, Shelf<Person> people, Twins twins, Dictionary<string, string> folded, DateTimeOffset now)
    {
        var ofCompany = draft.Company is { } named && !companies.Has(folded[named.Name]) ? twins.Matches.GetValueOrDefault(named) : null;
        var ofPerson = draft.Person is { } somebody && !IsKnown(draft, companies, people, folded) ? twins.Matches.GetValueOrDefault(somebody) : null;
        RowMatch[] matches = [.. new[] { ofCompany, ofPerson }.OfType<RowMatch>()];
        if (Array.Find(matches, match => match.Verdict == RowVerdict.Reject) is { } rejected)
            return (default, DuplicateFaults.Of(draft, rejected));
        var warned = Array.Find(matches, match => match.Verdict == RowVerdict.Warn);
        var outcome = new RowOutcome(Warning: warned is null ? null : DuplicateFaults.Of(draft, warned));
        Company? company = null;
        if (draft.Company is { } values)
        {
            if (ofCompany is { Verdict: RowVerdict.Fill })
                companies.Know(folded[values.Name], twins.Companies[ofCompany.OtherId]);
            (company, var change) = companies.Put(folded[values.Name], () => Company.Create(values, now), row => row.Fill(values, now));
            outcome = outcome with { Company = change };
        }

        if (draft.Person is not { } person)
            return (outcome, null);
        person.CompanyId = company?.Id.ToString() ?? "";
        var key = KeyOf(person, folded);
        if (ofPerson is { Verdict: RowVerdict.Fill })
            people.Know(key, twins.People[ofPerson.OtherId]);
        var (_, personChange) = people.Put(key, () => Person.Create(person, now), row => row.Fill(person, now));
        return (outcome with { Person = personChange }, null);
    }

    private static string KeyOf(V1.Person person, Dictionary<string, string> folded) => person.Email.Length > 0 ? folded[person.Email] : Sameness.KeyOf(person);

    // Whoever has no e-mail is known by everything, the company among it.
    private static bool IsKnown(RowDraft draft, Shelf<Company> companies, Shelf<Person> people, Dictionary<string, string> folded)
    {
        draft.Person!.CompanyId = draft.Company is { } company ? companies.Find(folded[company.Name])?.Id.ToString() ?? "" : "";
        return people.Has(KeyOf(draft.Person, folded));
    }

    private static async Task<Twins> TwinsAsync(
        IReadOnlyList<RowDraft> rows, Shelf<Company> companies, Shelf<Person> people, Dictionary<string, string> folded, V1.ImportOptions options, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var ofCompanies = await RowDuplicates.FindAsync(
            DuplicateKind.Companies, [.. rows.Select(row => row.Company).OfType<V1.Company>().Where(company => !companies.Has(folded[company.Name]))], options, db, cancellationToken);
        foreach (var row in rows.Where(row => row.Person is not null))
            row.Person!.CompanyId = CompanyIdOf(row, companies, ofCompanies, folded);
        var ofPeople = await RowDuplicates.FindAsync(
            DuplicateKind.People, [.. rows.Select(row => row.Person).OfType<V1.Person>().Where(person => person.Email.Length == 0 || !people.Has(folded[person.Email]))], options, db, cancellationToken);
        var (companyIds, personIds) = (Filled(ofCompanies), Filled(ofPeople));
        return new Twins(
            ofCompanies.Concat(ofPeople).ToDictionary(pair => pair.Key, pair => pair.Value, (IEqualityComparer<IMessage>)ReferenceEqualityComparer.Instance),
            companyIds.Length == 0 ? [] : await db.Companies.AsNoTracking().Where(row => companyIds.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken),
            personIds.Length == 0 ? [] : await db.People.AsNoTracking().Where(row => personIds.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken));

        static Guid[] Filled(IReadOnlyDictionary<IMessage, RowMatch> found) => [.. found.Values.Where(match => match.Verdict == RowVerdict.Fill).Select(match => match.OtherId).Distinct()];
    }

    // The company that is there, or that the row fills: rules may compare it. Of a new one nobody is there.
    private static string CompanyIdOf(RowDraft row, Shelf<Company> companies, IReadOnlyDictionary<IMessage, RowMatch> twins, Dictionary<string, string> folded) => row.Company is not { } company ? ""
        : companies.Find(folded[company.Name])?.Id.ToString() ?? (twins.GetValueOrDefault(company) is { Verdict: RowVerdict.Fill } twin ? twin.OtherId.ToString() : "");

    // What rows may be that are not known, and the records that they fill.
    private sealed record Twins(Dictionary<IMessage, RowMatch> Matches, Dictionary<Guid, Company> Companies, Dictionary<Guid, Person> People);

    private static async Task<Shelf<Company>> CompaniesAsync(IReadOnlyList<RowDraft> rows, Dictionary<string, string> folded, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var keys = rows.Where(row => row.Company is not null).Select(row => folded[row.Company!.Name]).Distinct().ToList();
        return new Shelf<Company>(keys.Count == 0 ? [] : await db.Companies.Called(db.Caller.RequiredTenantId, keys).AsNoTracking()
            .Select(row => new { Key = EF.Property<string>(row, "LowerName"), Row = row })
            .ToDictionaryAsync(found => found.Key, found => found.Row, cancellationToken));
    }

    private static async Task<Shelf<Person>> PeopleAsync(IReadOnlyList<RowDraft> rows, Dictionary<string, string> folded, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var keys = rows.Where(row => row.Person is { Email.Length: > 0 }).Select(row => folded[row.Person!.Email]).Distinct().ToList();
        var known = keys.Count == 0 ? [] : await db.People.WithEmails(db.Caller.RequiredTenantId, keys).AsNoTracking()
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
            .AsNoTracking().Where(row => EF.Property<string?>(row, "LowerEmail") == null && names.Contains(row.LastName))
            .ToListAsync(cancellationToken);
    }

    private static IEnumerable<(Guid, IMessage)> OfNew(Shelf<Company> companies, Shelf<Person> people) =>
    [
        .. companies.New.Select(row => (row.Id, (IMessage)new V1.CompanyCreated { Company = row.ToMessage() })),
        .. people.New.Select(row => (row.Id, (IMessage)new V1.PersonCreated { Person = row.ToMessage() })),
    ];

    private static IEnumerable<(Guid, IMessage)> OfUpdated(IReadOnlyList<Company> companies, IReadOnlyList<Person> people) =>
    [
        .. companies.Select(row => (row.Id, (IMessage)new V1.CompanyUpdated { Company = row.ToMessage() })),
        .. people.Select(row => (row.Id, (IMessage)new V1.PersonUpdated { Person = row.ToMessage() })),
    ];
}
