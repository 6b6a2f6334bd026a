using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Contacts.Activities;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.Leads.Assignment;
using Platform.Contacts.People;
using Platform.CustomFields;
using Platform.Events;
using Platform.Undoing;
using Platform.Undoing.Imports;

namespace Platform.Contacts.Imports.Undoing;

/// <summary>What taking imports back has to know of a kind of record.</summary>
internal abstract class UndoKind
{
    /// <summary>In the order in which they are taken back: people before the companies that they lead to.</summary>
    public static IReadOnlyList<UndoKind> All { get; } =
    [
        new UndoKind<Person, V1.Person>(V1.Person.Parser)
        {
            Rows = db => db.People,
            Held = (db, ids) => db.People.FromSqlByRule($"SELECT *, xmin FROM people WHERE id BETWEEN {ids[0]} AND {ids[^1]} AND id = ANY({ids}) ORDER BY id FOR UPDATE"),
            Of = (db, import) => db.People.FromSqlByRule($"SELECT *, xmin FROM people WHERE id IN (SELECT record_id FROM imported_records WHERE import_id = {import})"),
            PutBack = (row, message, now) => row.PutBack(message, now),
            CustomFields = row => row.CustomFields,
            Updated = row => new V1.PersonUpdated { Person = row.ToMessage() },
            Deleted = id => new V1.PersonDeleted { Id = id },
            InUse = (db, ids) => db.Noted(row => row.PersonId >= ids.First && row.PersonId <= ids.Last && ids.All.Contains(row.PersonId!.Value)).Select(row => row.PersonId!.Value)
                .Union(db.Leads.Where(row => row.ConvertedPersonId >= ids.First && row.ConvertedPersonId <= ids.Last && ids.All.Contains(row.ConvertedPersonId!.Value)).Select(row => row.ConvertedPersonId!.Value)),
            Named = (others, ids, cancellationToken) => others.PeopleAsync(ids, cancellationToken),
            Forget = Timeline.ForgetPeopleAsync,
        },
        new UndoKind<Lead, V1.Lead>(V1.Lead.Parser)
        {
            Rows = db => db.Leads,
            Held = (db, ids) => db.Leads.FromSqlByRule($"SELECT *, xmin FROM leads WHERE id BETWEEN {ids[0]} AND {ids[^1]} AND id = ANY({ids}) ORDER BY id FOR UPDATE"),
            Of = (db, import) => db.Leads.FromSqlByRule($"SELECT *, xmin FROM leads WHERE id IN (SELECT record_id FROM imported_records WHERE import_id = {import})"),
            PutBack = (row, message, now) => row.PutBack(message, now),
            CustomFields = row => row.CustomFields,
            Updated = row => new V1.LeadUpdated { Lead = row.ToMessage() },
            Deleted = id => new V1.LeadDeleted { Id = id },
            InUse = (db, ids) => db.Noted(row => row.LeadId >= ids.First && row.LeadId <= ids.Last && ids.All.Contains(row.LeadId!.Value)).Select(row => row.LeadId!.Value),
            // They name what a lead was converted into.
            Named = (_, _, _) => Task.FromResult<IReadOnlySet<Guid>>(new HashSet<Guid>()),
            Forget = Timeline.ForgetLeadsAsync,
        },
        new UndoKind<Company, V1.Company>(V1.Company.Parser)
        {
            Rows = db => db.Companies,
            Held = (db, ids) => db.Companies.FromSqlByRule($"SELECT *, xmin FROM companies WHERE id BETWEEN {ids[0]} AND {ids[^1]} AND id = ANY({ids}) ORDER BY id FOR UPDATE"),
            Of = (db, import) => db.Companies.FromSqlByRule($"SELECT *, xmin FROM companies WHERE id IN (SELECT record_id FROM imported_records WHERE import_id = {import})"),
            PutBack = (row, message, now) => row.PutBack(message, now),
            CustomFields = row => row.CustomFields,
            Updated = row => new V1.CompanyUpdated { Company = row.ToMessage() },
            Deleted = id => new V1.CompanyDeleted { Id = id },
            InUse = (db, ids) => db.Noted(row => row.CompanyId >= ids.First && row.CompanyId <= ids.Last && ids.All.Contains(row.CompanyId!.Value)).Select(row => row.CompanyId!.Value)
                .Union(db.People.Where(row => row.CompanyId >= ids.First && row.CompanyId <= ids.Last && ids.All.Contains(row.CompanyId!.Value)).Select(row => row.CompanyId!.Value))
                .Union(db.Leads.Where(row => row.ConvertedCompanyId >= ids.First && row.ConvertedCompanyId <= ids.Last && ids.All.Contains(row.ConvertedCompanyId!.Value)).Select(row => row.ConvertedCompanyId!.Value)),
            Named = (others, ids, cancellationToken) => others.CompaniesAsync(ids, cancellationToken),
            Forget = Timeline.ForgetCompaniesAsync,
        },
    ];

    /// <summary>Its name.</summary>
    public abstract string Resource { get; }

    /// <summary>Whether no policy keeps the caller from deleting what the import made, and from changing what it changed.</summary>
    public abstract Task<bool> MayUndoAsync(ContactsDbContext db, Guid import, CancellationToken cancellationToken);

    /// <summary>Those of some records that the import made which other domains name; asked before the transaction, because they are other services.</summary>
    /// <exception cref="InvalidOperationException">They cannot be asked.</exception>
    public abstract Task<IReadOnlySet<Guid>> NamedAsync(NamedElsewhere others, Guid[] made, CancellationToken cancellationToken);

    /// <summary>Takes some records back, in the open transaction, and not those that are named elsewhere: which are kept, each with the reason.</summary>
    public abstract Task<IReadOnlyDictionary<Guid, string>> UndoAsync(ContactsDbContext db, IReadOnlyList<ImportedRecord> records, IReadOnlySet<Guid> named, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <inheritdoc />
internal sealed class UndoKind<TRow, TMessage>(MessageParser<TMessage> parser) : UndoKind
    where TRow : ProtectedEntity, IProtected<TRow>
    where TMessage : class, IMessage<TMessage>
{
    public required Func<ContactsDbContext, ProtectedSet<TRow>> Rows { get; init; }

    /// <summary>The rows of these ids, which are in their order, held until the transaction ends. The range keeps PostgreSQL from reading all rows of a company of which it knows little.</summary>
    public required Func<ContactsDbContext, Guid[], IQueryable<TRow>> Held { get; init; }

    /// <summary>All that an import wrote, whoever may see it.</summary>
    public required Func<ContactsDbContext, Guid, IQueryable<TRow>> Of { get; init; }

    public required Action<TRow, TMessage, DateTimeOffset> PutBack { get; init; }

    public required Func<TRow, Struct> CustomFields { get; init; }

    public required Func<TRow, IMessage> Updated { get; init; }

    public required Func<string, IMessage> Deleted { get; init; }

    /// <summary>Those of the ids that something leads to which an import does not make.</summary>
    public required Func<ContactsDbContext, IdsInOrder, IQueryable<Guid>> InUse { get; init; }

    /// <summary>Those of the ids that records of other domains name.</summary>
    public required Func<NamedElsewhere, Guid[], CancellationToken, Task<IReadOnlySet<Guid>>> Named { get; init; }

    /// <summary>What becomes of the entries on their timelines.</summary>
    public required Func<ContactsDbContext, Guid[], CancellationToken, Task> Forget { get; init; }

    public override string Resource => TRow.Resource.Info.Name;

    public override async Task<bool> MayUndoAsync(ContactsDbContext db, Guid import, CancellationToken cancellationToken) =>
        db.Caller.Access?.HasPoliciesOn(Resource) is not true
        || await Of(db, import).MayBeTakenBackAsync(Rows(db), db.ImportedRecords.Where(record => record.ImportId == import), cancellationToken);

    public override Task<IReadOnlySet<Guid>> NamedAsync(NamedElsewhere others, Guid[] made, CancellationToken cancellationToken) => Named(others, made, cancellationToken);

    public override async Task<IReadOnlyDictionary<Guid, string>> UndoAsync(
        ContactsDbContext db, IReadOnlyList<ImportedRecord> records, IReadOnlySet<Guid> named, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. records.Select(record => record.RecordId)];
        var rows = await HeldAsync(db, records, cancellationToken);
        Guid[] made = [.. records.Where(record => record.Before is null && IsAsLeft(record, rows)).Select(record => record.RecordId)];
        var used = made.Length == 0 ? [] : (await InUse(db, new IdsInOrder(made)).ToListAsync(cancellationToken)).ToHashSet();
        used.UnionWith(made.Where(named.Contains));
        var merged = ids.Length == rows.Count ? [] : (await db.MergedRecords.Where(record => ids.Contains(record.Id)).Select(record => record.Id).ToListAsync(cancellationToken)).ToHashSet();
        var kept = records.Select(record => (record.RecordId, Reason: ReasonOf(record, rows, used, merged))).Where(pair => pair.Reason is not null).ToDictionary(pair => pair.RecordId, pair => pair.Reason!);
        var taken = records.Where(record => !kept.ContainsKey(record.RecordId)).ToList();
        await DeleteAsync(db, [.. taken.Where(record => record.Before is null).Select(record => rows.GetValueOrDefault(record.RecordId)).OfType<TRow>()], cancellationToken);
        var back = new List<BroughtBack>();
        foreach (var record in taken.Where(record => record.Before is not null))
        {
            var (row, before) = (rows[record.RecordId], Before(record, CustomFields(rows[record.RecordId]), db.Caller.CustomFields!.Of(Resource)));
            PutBack(row, before, now);
            db.Publish(row.Id, Updated(row), isBulk: true);
            back.Add(new BroughtBack(row.Id, LeftBehind.TimeOf(before)!.Value, row.UpdateTime));
        }

        await db.SaveChangesAsync(cancellationToken);
        await LeftBehind.FollowAsync(db, Resource, back, isImported: true, cancellationToken);
        return kept;
    }

    // Only what is put back is changed; what is deleted, as nearly all, needs no tracking.
    private async Task<Dictionary<Guid, TRow>> HeldAsync(ContactsDbContext db, IReadOnlyList<ImportedRecord> records, CancellationToken cancellationToken)
    {
        Guid[] made = [.. records.Where(record => record.Before is null).Select(record => record.RecordId)];
        Guid[] changed = [.. records.Where(record => record.Before is not null).Select(record => record.RecordId)];
        var rows = made.Length == 0 ? [] : await Held(db, made).AsNoTracking().ToListAsync(cancellationToken);
        if (changed.Length > 0)
            rows.AddRange(await Held(db, changed).ToListAsync(cancellationToken));
        return rows.ToDictionary(row => row.Id);
    }

    private TMessage Before(ImportedRecord record, Struct now, ResourceFields fields)
    {
        var message = parser.ParseFrom(record.Before);
        NotedMessage.Mend(message, now, fields, record.AfterTime);
        return message;
    }

    private static bool IsAsLeft(ImportedRecord record, Dictionary<Guid, TRow> rows) =>
        !record.IsChanged && rows.TryGetValue(record.RecordId, out var row) && row.UpdateTime == record.AfterTime;

    // What is new and gone is as it was before the import.
    private static string? ReasonOf(ImportedRecord record, Dictionary<Guid, TRow> rows, HashSet<Guid> used, HashSet<Guid> merged) =>
        merged.Contains(record.RecordId) ? KeptReasons.Merged
        : !rows.ContainsKey(record.RecordId) ? record.Before is null ? null : KeptReasons.Gone
        : !IsAsLeft(record, rows) ? KeptReasons.Changed
        : used.Contains(record.RecordId) ? KeptReasons.InUse : null;

    private async Task DeleteAsync(ContactsDbContext db, List<TRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        Guid[] ids = [.. rows.Select(row => row.Id)];
        await Forget(db, ids, cancellationToken);
        await ForgetPairsAsync(db, ids, cancellationToken);
        // What of them is kept beside entries goes first, with the entries.
        await db.SaveChangesAsync(cancellationToken);
        await Rows(db).RemoveManyAsync(rows, cancellationToken);
        await db.PublishManyAsync(ids.Select(id => (id, Deleted(id.ToString()))), cancellationToken);
    }

    // Mostly there are none, which the range alone tells.
    private static async Task ForgetPairsAsync(ContactsDbContext db, Guid[] ids, CancellationToken cancellationToken)
    {
        var (first, last) = (ids[0], ids[^1]);
        var near = db.DuplicatePairs.Where(pair => (pair.FirstId >= first && pair.FirstId <= last) || (pair.SecondId >= first && pair.SecondId <= last));
        if (await near.AnyAsync(cancellationToken))
            await near.Where(pair => ids.Contains(pair.FirstId) || ids.Contains(pair.SecondId)).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>Some ids, and the first and the last of them.</summary>
internal sealed record IdsInOrder(Guid[] All)
{
    public Guid First => All[0];

    public Guid Last => All[^1];
}

/// <summary>Finding what leads to records.</summary>
internal static class NotedRecords
{
    /// <summary>Entries of timelines that somebody wrote; not those by which rules gave an imported lead to its owner.</summary>
    public static IQueryable<Activity> Noted(this ContactsDbContext db, System.Linq.Expressions.Expression<Func<Activity, bool>> about) =>
        db.Activities.Where(about).Where(row => row.SourceType != LeadAssigner.Source);
}
