using FluentValidation;
using Google.Protobuf.WellKnownTypes;
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
        var merged = Merge(db, company, request.Company, request.UpdateMask);
        if (merged.IsError)
            return merged.Error;
        Write(db, company, merged.Value, time.GetUtcNow());
        return await db.TrySaveChangesAsync(cancellationToken, CompanyErrors.NameTaken(company.Name)) is { } error ? error : company.ToMessage();
    }

    /// <summary>What the company would be, or why it cannot be that.</summary>
    public static Result<V1.Company> Merge(ContactsDbContext db, Company company, V1.Company change, FieldMask? mask)
    {
        var merged = Masks.Merge(company.ToMessage(), change, mask).Validate(new CompanyValidator(), "company");
        return merged.IsError || db.Caller.PrepareCustomFields(Company.Resource.Info, merged.Value, company.CustomFields) is not { } fault ? merged : fault;
    }

    /// <summary>Makes it that, and tells of it.</summary>
    public static void Write(ContactsDbContext db, Company company, V1.Company message, DateTimeOffset now)
    {
        company.Update(message, now);
        db.Publish(company.Id, new V1.CompanyUpdated { Company = company.ToMessage() });
    }
}
