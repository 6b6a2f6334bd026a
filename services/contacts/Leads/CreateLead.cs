using FluentValidation;
using Grpc.Core;
using Platform.Contacts.Duplicates;
using Platform.Contacts.Leads.Assignment;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Leads;

internal static class CreateLead
{
    public sealed class Validator : AbstractValidator<V1.CreateLeadRequest>
    {
        public Validator() => RuleFor(request => request.Lead).NotNull().WithMessage("Send the lead.").SetValidator(new LeadValidator());
    }

    public static async Task<Result<V1.Lead>> Handle(V1.CreateLeadRequest request, ContactsDbContext db, TeamDirectory teams, TimeProvider time, ServerCallContext call)
    {
        if (db.Caller.PrepareCustomFields(Lead.Resource.Info, request.Lead, stored: null) is { } fault)
            return fault;
        request.Lead.PhoneE164 = "";
        if (await NewDuplicates.CheckAsync(DuplicateKind.Leads, request.Lead, request.AllowDuplicates, db, call) is { } duplicate)
            return duplicate;
        return await db.InTransactionAsync(() => SaveAsync(Lead.Create(request.Lead, time.GetUtcNow()), db, teams, time, call.CancellationToken), call.CancellationToken);
    }

    /// <summary>Gives the lead to whom the rules name, and saves it; in an open transaction.</summary>
    internal static async Task<Result<V1.Lead>> SaveAsync(
        Lead lead, ContactsDbContext db, TeamDirectory teams, TimeProvider time, CancellationToken cancellationToken, params Violation[] violations)
    {
        if (lead.OwnerId is null)
        {
            await db.Leads.AddRatesAsync([lead], cancellationToken);
            await (await LeadAssigner.OfAsync(db, teams, time, cancellationToken)).AssignAsync(lead, lead.CreateTime, cancellationToken);
        }

        db.Leads.Add(lead);
        db.Publish(lead.Id, new V1.LeadCreated { Lead = lead.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, violations) is { } error ? error : lead.ToMessage();
    }
}
