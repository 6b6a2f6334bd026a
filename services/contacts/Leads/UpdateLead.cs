using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Merging;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Leads;

internal static class UpdateLead
{
    public sealed class Validator : AbstractValidator<V1.UpdateLeadRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Lead).NotNull().WithMessage("Send the lead.");
            RuleFor(request => request.Lead.Id).Id().When(request => request.Lead is not null);
        }
    }

    public static async Task<Result<V1.Lead>> Handle(V1.UpdateLeadRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(request.Lead.Id);
        var lead = await db.Leads.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (lead is null)
            return await db.MissingAsync(MergeKinds.Leads, id, cancellationToken);
        if (lead.IsConverted)
            return LeadErrors.AlreadyConverted(lead);
        if (!lead.Matches(request.Lead.Etag))
            return Error.Stale("lead");
        var merged = Merge(db, lead, request.Lead, request.UpdateMask);
        if (merged.IsError)
            return merged.Error;
        Write(db, lead, merged.Value, time.GetUtcNow());
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : lead.ToMessage();
    }

    /// <summary>What the lead would be, or why it cannot be that.</summary>
    public static Result<V1.Lead> Merge(ContactsDbContext db, Lead lead, V1.Lead change, FieldMask? mask)
    {
        var merged = Masks.Merge(lead.ToMessage(), change, mask).Validate(new LeadValidator(), "lead");
        return merged.IsError || db.Caller.PrepareCustomFields(Lead.Resource.Info, merged.Value, lead.CustomFields) is not { } fault ? merged : fault;
    }

    /// <summary>Makes it that, and tells of it.</summary>
    public static void Write(ContactsDbContext db, Lead lead, V1.Lead message, DateTimeOffset now)
    {
        lead.Update(message, now);
        db.Publish(lead.Id, new V1.LeadUpdated { Lead = lead.ToMessage() });
    }
}
