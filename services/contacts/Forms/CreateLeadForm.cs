using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Publishing;

namespace Platform.Contacts.Forms;

internal static class CreateLeadForm
{
    private const int Most = 100;

    public sealed class Validator : AbstractValidator<V1.CreateLeadFormRequest>
    {
        public Validator() => RuleFor(request => request.LeadForm).NotNull().WithMessage("Send the form.").SetValidator(new LeadFormValidator());
    }

    public static async Task<Result<V1.LeadForm>> Handle(
        V1.CreateLeadFormRequest request, ContactsDbContext db, CustomFieldDirectory fields, IServiceScopeFactory scopes, PublicAddresses addresses, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await fields.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
            return unavailable;
        if (request.LeadForm.CheckFields(db.Caller.CustomFields!) is { } fault)
            return fault;
        if (await db.LeadForms.CountAsync(cancellationToken) >= Most)
            return LeadFormErrors.TooMany(Most);
        var site = await PublicSites.NameOfAsync(scopes, db.Caller.RequiredTenantId, cancellationToken);
        if (site.IsError)
            return site.Error;
        var form = LeadForm.Create(request.LeadForm, site.Value, time.GetUtcNow());
        db.LeadForms.Add(form);
        await db.FollowAsync(form, cancellationToken);
        if (await db.TrySaveChangesAsync(cancellationToken, LeadFormErrors.SlugTaken) is { } error)
            return error;
        await addresses.ForgetAsync(form.TenantId, form.Address, cancellationToken);
        return form.ToMessage();
    }
}
