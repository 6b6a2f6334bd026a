using FluentValidation;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Contacts.Companies;
using Platform.Contacts.Consents;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Merging;

/// <summary>What merging has to know of a kind of record.</summary>
internal sealed record MergeKind<TRow, TMessage>(string Noun, ProtectedResource<TRow> Resource)
    where TRow : ProtectedEntity, IMergeable<TRow, TMessage>
    where TMessage : class, IMessage<TMessage>
{
    public required Func<ContactsDbContext, ProtectedSet<TRow>> Rows { get; init; }

    /// <summary>The rows of these ids, held until the transaction ends: nobody merges, changes or refers to them meanwhile.</summary>
    public required Func<ContactsDbContext, Guid[], IQueryable<TRow>> Locked { get; init; }

    public required IValidator<TMessage> Validator { get; init; }

    public required IReadOnlyList<Reference> References { get; init; }

    public required Func<TRow, Violation[]> OnSave { get; init; }

    public required Func<TMessage, IEnumerable<string>, Merge, IMessage> Merged { get; init; }

    public required Func<TMessage, IEnumerable<TMessage>, Merge, IMessage> Unmerged { get; init; }

    /// <summary>Why a record is not merged at all; null where it can be.</summary>
    public Func<TRow, Error?> Refuse { get; init; } = _ => null;

    /// <summary>
    /// Adds to the one that stays what the others have of that of which there may be several: of the records, the one that stays first, in those of the
    /// fields in question of which nobody chose one record's, and not what the caller does not see.
    /// </summary>
    public Action<TMessage, IReadOnlyList<TMessage>, Func<string, bool>, Func<string, bool>> Gather { get; init; } = (_, _, _, _) => { };

    /// <summary>Leads a record that is given back to what is there of what it led to.</summary>
    public Func<ContactsDbContext, TMessage, CancellationToken, Task> Mend { get; init; } = (_, _, _) => Task.CompletedTask;

    /// <summary>A record says what follows from what leads to it by now.</summary>
    public Func<ContactsDbContext, TRow, CancellationToken, Task> Follow { get; init; } = (_, _, _) => Task.CompletedTask;
}

/// <summary>The kinds of records that can be merged.</summary>
internal static class MergeKinds
{
    public static MergeKind<Person, V1.Person> People { get; } = new("person", Person.Resource)
    {
        Rows = db => db.People,
        Locked = (db, ids) => db.People.FromSql($"SELECT *, xmin FROM people WHERE id = ANY({ids}) ORDER BY id FOR UPDATE"),
        Validator = new PersonValidator(),
        References = Reference.ToPeople,
        OnSave = PersonErrors.OnSave,
        Merged = (person, ids, merge) => new V1.PersonMerged { Person = person, MergedIds = { ids }, MergeId = merge.Id.ToString() },
        Unmerged = (person, restored, merge) => new V1.PersonUnmerged { Person = person, Restored = { restored }, MergeId = merge.Id.ToString() },
        Mend = MendAsync,
        Gather = GatheredPoints.Gather,
        Follow = (db, row, cancellationToken) => db.FollowConsentsAsync(row, row.Id, cancellationToken),
    };

    public static MergeKind<Company, V1.Company> Companies { get; } = new("company", Company.Resource)
    {
        Rows = db => db.Companies,
        Locked = (db, ids) => db.Companies.FromSql($"SELECT *, xmin FROM companies WHERE id = ANY({ids}) ORDER BY id FOR UPDATE"),
        Validator = new CompanyValidator(),
        References = Reference.ToCompanies,
        OnSave = company => [CompanyErrors.NameTaken(company.Name)],
        Merged = (company, ids, merge) => new V1.CompanyMerged { Company = company, MergedIds = { ids }, MergeId = merge.Id.ToString() },
        Unmerged = (company, restored, merge) => new V1.CompanyUnmerged { Company = company, Restored = { restored }, MergeId = merge.Id.ToString() },
        Gather = GatheredPoints.Gather,
    };

    /// <summary>Those that were not converted: one that was is a person by now.</summary>
    public static MergeKind<Lead, V1.Lead> Leads { get; } = new("lead", Lead.Resource)
    {
        Rows = db => db.Leads,
        Locked = (db, ids) => db.Leads.LockedForUpdate(ids),
        Validator = new LeadValidator(),
        References = Reference.ToLeads,
        OnSave = _ => [],
        Merged = (lead, ids, merge) => new V1.LeadMerged { Lead = lead, MergedIds = { ids }, MergeId = merge.Id.ToString() },
        Unmerged = (lead, restored, merge) => new V1.LeadUnmerged { Lead = lead, Restored = { restored }, MergeId = merge.Id.ToString() },
        Follow = (db, row, cancellationToken) => db.FollowConsentsAsync(row, row.Id, cancellationToken),
        Refuse = lead => lead.IsConverted ? LeadErrors.AlreadyConverted(lead) : null,
    };

    // The company may be part of another one by now, or gone; whether it is there is asked for whoever gives the person back.
    private static async Task MendAsync(ContactsDbContext db, V1.Person person, CancellationToken cancellationToken)
    {
        if (person.CompanyId.ToIdOrNull() is not { } id)
            return;
        var found = await db.Database.SqlQuery<Guid>($"SELECT id AS \"Value\" FROM companies WHERE tenant_id = {db.Caller.RequiredTenantId} AND id = {id}").ToListAsync(cancellationToken);
        if (found.Count == 0)
            person.CompanyId = (await db.SurvivorOfAsync(Company.Resource, id, cancellationToken)).ToIdText();
    }
}
