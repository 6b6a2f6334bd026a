using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.Merging;
using Platform.Contacts.People;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Activities;

/// <summary>Whether what an activity comes to be about is there, and may be seen by who writes it. What it is about already is not asked for again.</summary>
internal static class TargetCheck
{
    /// <summary>What is wrong with the deal; before there is a transaction, because another service is asked.</summary>
    public static async Task<Error?> CheckDealAsync(V1.Activity message, Activity? stored, KnownDeals deals, CancellationToken cancellationToken) =>
        message.DealId.ToIdOrNull() is { } deal && deal != stored?.DealId && !await deals.HasAsync(deal, cancellationToken) ? ActivityErrors.NoDeal(message.DealId) : null;

    /// <summary>Who noted an id before its record was merged writes to the timeline that goes on.</summary>
    public static async Task<V1.Activity> LeadToSurvivorsAsync(this ContactsDbContext db, V1.Activity message, CancellationToken cancellationToken)
    {
        var led = message.Clone();
        if (message.PersonId.ToIdOrNull() is { } person && await db.SurvivorOfAsync(Person.Resource, person, cancellationToken) is { } stayed)
            led.PersonId = stayed.ToString();
        if (message.CompanyId.ToIdOrNull() is { } company && await db.SurvivorOfAsync(Company.Resource, company, cancellationToken) is { } other)
            led.CompanyId = other.ToString();
        if (message.LeadId.ToIdOrNull() is { } lead && await db.SurvivorOfAsync(Lead.Resource, lead, cancellationToken) is { } same)
            led.LeadId = same.ToString();
        return led;
    }

    /// <summary>What is wrong with the others. The database knows which there are; which of them the caller sees, the policies say.</summary>
    public static async Task<Error?> CheckAsync(ContactsDbContext db, V1.Activity message, Activity? stored, CancellationToken cancellationToken)
    {
        if (message.DealId.ToIdOrNull() is { } deal && deal != stored?.DealId && !await db.HasDealAsync(deal, cancellationToken))
            return ActivityErrors.NoDeal(message.DealId);
        if (message.LeadId.ToIdOrNull() is { } lead && lead != stored?.LeadId && await CheckLeadAsync(lead, db, cancellationToken) is { } refused)
            return refused;
        if (await CheckParticipantsAsync(message, stored, db, cancellationToken) is { } missing)
            return missing;
        if (db.Caller.Access is null)
            return null;
        if (message.PersonId.ToIdOrNull() is { } person && person != stored?.PersonId && !await db.People.AnyAsync(row => row.Id == person, cancellationToken))
            return ActivityErrors.NoPerson(message.PersonId);
        return message.CompanyId.ToIdOrNull() is { } company && company != stored?.CompanyId && !await db.Companies.AnyAsync(row => row.Id == company, cancellationToken)
            ? ActivityErrors.NoCompany(message.CompanyId)
            : null;
    }

    private static async Task<Error?> CheckLeadAsync(Guid id, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var lead = await db.Leads.LockedForShare(id).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (lead is null)
            return ActivityErrors.NoLead(id.ToString());
        return lead.IsConverted ? LeadErrors.AlreadyConverted(lead) : null;
    }

    private static async Task<Error?> CheckParticipantsAsync(V1.Activity message, Activity? stored, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var all = message.ParticipantPersonIds.Select(Guid.Parse).ToList();
        var sought = all.Except(stored?.ParticipantPersonIds ?? []).ToList();
        if (sought.Count == 0)
            return null;
        var found = await db.People.Where(row => sought.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        return sought.Except(found).Cast<Guid?>().FirstOrDefault() is { } missing ? ActivityErrors.NoParticipant(all.IndexOf(missing), missing) : null;
    }
}
