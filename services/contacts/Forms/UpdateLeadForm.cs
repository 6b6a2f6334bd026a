using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Publishing;
using Platform.Validation;

namespace Platform.Contacts.Forms;

internal static class UpdateLeadForm
{
    public sealed class Validator : AbstractValidator<V1.UpdateLeadFormRequest>
    {
        public Validator()
        {
            RuleFor(request => request.LeadForm).NotNull().WithMessage("Send the form.");
            RuleFor(request => request.LeadForm.Id).Id().When(request => request.LeadForm is not null);
        }
    }

    public static async Task<Result<V1.LeadForm>> Handle(
        V1.UpdateLeadFormRequest request, ContactsDbContext db, CustomFieldDirectory fields, PublicAddresses addresses, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(request.LeadForm.Id);
        if (await db.LeadForms.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } form)
            return LeadFormErrors.NotFound(request.LeadForm.Id);
        if (!form.Matches(request.LeadForm.Etag))
            return Error.Stale("form");
        var merged = Masks.Merge(form.ToMessage(), request.LeadForm, request.UpdateMask).Validate(new LeadFormValidator(), "leadForm");
        if (merged.IsError)
            return merged.Error;
        if (merged.Value.Slug != form.Slug)
            return LeadFormErrors.SlugIsFixed;
        if (await fields.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
            return unavailable;
        if (merged.Value.CheckFields(db.Caller.CustomFields!) is { } fault)
            return fault;
        form.Update(merged.Value, time.GetUtcNow());
        await db.FollowAsync(form, cancellationToken);
        if (await db.TrySaveChangesAsync(cancellationToken) is { } error)
            return error;
        await addresses.ForgetAsync(form.TenantId, form.Address, cancellationToken);
        return form.ToMessage();
    }
}
