using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Leads.Assignment;

internal static class AssignLeads
{
    private const int Most = 200;

    public sealed class Validator : AbstractValidator<V1.AssignLeadsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.LeadIds).Must(ids => ids.Count is > 0 and <= Most).WithMessage(_ => Say($"Name 1 to {Most} leads."));
            RuleForEach(request => request.LeadIds).Id();
        }
    }

    public static Task<Result<V1.AssignLeadsResponse>> Handle(V1.AssignLeadsRequest request, ContactsDbContext db, CustomFieldDirectory fields, TeamDirectory teams, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => AssignAsync([.. request.LeadIds.Select(Guid.Parse).Distinct()], db, fields, teams, time, cancellationToken), cancellationToken);

    private static async Task<Result<V1.AssignLeadsResponse>> AssignAsync(Guid[] ids, ContactsDbContext db, CustomFieldDirectory fields, TeamDirectory teams, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await fields.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
            return unavailable;
        // The answer tells who looks after each lead, also where nothing changes.
        if (db.Caller.CheckWritable(Lead.Resource.Info, "owner_id") is { } restricted)
            return restricted;
        var (assigner, response) = (await LeadAssigner.OfAsync(db, teams, time, cancellationToken), new V1.AssignLeadsResponse());
        // Before the leads, as imports do: who holds the one waits for nobody who waits for the other.
        await assigner.HoldAsync(cancellationToken);
        var leads = await db.Leads.LockedForUpdate(ids).ToDictionaryAsync(lead => lead.Id, cancellationToken);
        if (ids.FirstOrDefault(id => !leads.ContainsKey(id)) is var missing && missing != default)
            return LeadErrors.NotFound(missing.ToString());
        if (leads.Values.FirstOrDefault(lead => lead.IsConverted) is { } converted)
            return LeadErrors.AlreadyConverted(converted);
        foreach (var lead in ids.Select(id => leads[id]))
        {
            var (owner, score) = (lead.OwnerId, lead.Score);
            var rule = await assigner.AssignAsync(lead, time.GetUtcNow(), cancellationToken);
            // A condition that asks for the score makes it that of the rules of now.
            if (lead.OwnerId != owner || lead.Score != score)
                db.Publish(lead.Id, new V1.LeadUpdated { Lead = lead.ToMessage() });
            response.Leads.Add(new V1.AssignedLead { LeadId = lead.Id.ToString(), OwnerId = lead.OwnerId.ToIdText(), Rule = rule ?? "" });
        }

        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : response;
    }
}
