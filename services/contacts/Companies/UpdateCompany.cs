using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Merging;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Companies;

internal static class UpdateCompany
{
    public sealed class Validator : AbstractValidator<V1.UpdateCompanyRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Company).NotNull().WithMessage("Send the company.");
            RuleFor(request => request.Company.Id).Id().When(request => request.Company is not null);
        }
    }

    public static async Task<Result<V1.Company>> Handle(V1.UpdateCompanyRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(request.Company.Id);
        var company = await db.Companies.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (company is null)
            return await db.MissingAsync(MergeKinds.Companies, id, cancellationToken);
        if (!company.Matches(request.Company.Etag))
            return Error.Stale("company");
        var merged = Masks.Merge(company.ToMessage(), request.Company, request.UpdateMask).Validate(new CompanyValidator(), "company");
        if (merged.IsError)
            return merged.Error;
        if (db.Caller.PrepareCustomFields(Company.Resource.Info, merged.Value, company.CustomFields) is { } fault)
            return fault;
        company.Update(merged.Value, time.GetUtcNow());
        db.Publish(company.Id, new V1.CompanyUpdated { Company = company.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, CompanyErrors.NameTaken(company.Name)) is { } error ? error : company.ToMessage();
    }
}
