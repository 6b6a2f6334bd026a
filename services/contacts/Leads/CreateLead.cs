using FluentValidation;
using Grpc.Core;
using Platform.Contacts.Duplicates;
using Platform.CustomFields;
using Platform.Errors;

namespace Platform.Contacts.Leads;

internal static class CreateLead
{
    public sealed class Validator : AbstractValidator<V1.CreateLeadRequest>
    {
        public Validator() => RuleFor(request => request.Lead).NotNull().WithMessage("Send the lead.").SetValidator(new LeadValidator());
    }

    public static async Task<Result<V1.Lead>> Handle(V1.CreateLeadRequest request, ContactsDbContext db, TimeProvider time, ServerCallContext call)
    {
        if (db.Caller.PrepareCustomFields(Lead.Resource.Info, request.Lead, stored: null) is { } fault)
            return fault;
        if (await NewDuplicates.CheckAsync(DuplicateKind.Leads, request.Lead, request.AllowDuplicates, db, call) is { } duplicate)
            return duplicate;
        var lead = Lead.Create(request.Lead, time.GetUtcNow());
        db.Leads.Add(lead);
        db.Publish(lead.Id, new V1.LeadCreated { Lead = lead.ToMessage() });
        await db.SaveChangesAsync(call.CancellationToken);
        return lead.ToMessage();
    }
}
