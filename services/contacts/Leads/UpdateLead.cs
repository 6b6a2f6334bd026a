using FluentValidation;
using Microsoft.EntityFrameworkCore;
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
            return LeadErrors.NotFound(request.Lead.Id);
        if (lead.IsConverted)
            return LeadErrors.AlreadyConverted(lead);
        if (!lead.Matches(request.Lead.Etag))
            return Error.Stale("lead");
        var merged = Masks.Merge(lead.ToMessage(), request.Lead, request.UpdateMask).Validate(new LeadValidator(), "lead");
        if (merged.IsError)
            return merged.Error;
        if (db.Caller.PrepareCustomFields(Lead.Resource.Info, merged.Value, lead.CustomFields) is { } fault)
            return fault;
        lead.Update(merged.Value, time.GetUtcNow());
        db.Publish(lead.Id, new V1.LeadUpdated { Lead = lead.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : lead.ToMessage();
    }
}
