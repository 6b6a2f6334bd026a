using FluentValidation;
using Grpc.Core;
using Platform.Contacts.Duplicates;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Companies;

internal static class CreateCompany
{
    public sealed class Validator : AbstractValidator<V1.CreateCompanyRequest>
    {
        public Validator() => RuleFor(request => request.Company).NotNull().WithMessage("Send the company.").SetValidator(new CompanyValidator());
    }

    public static async Task<Result<V1.Company>> Handle(V1.CreateCompanyRequest request, ContactsDbContext db, TimeProvider time, ServerCallContext call)
    {
        if (db.Caller.PrepareCustomFields(Company.Resource.Info, request.Company, stored: null) is { } fault)
            return fault;
        request.Company.PhoneE164 = "";
        if (await NewDuplicates.CheckAsync(DuplicateKind.Companies, request.Company, request.AllowDuplicates, db, call) is { } duplicate)
            return duplicate;
        var company = Company.Create(request.Company, time.GetUtcNow());
        db.Companies.Add(company);
        db.Publish(company.Id, new V1.CompanyCreated { Company = company.ToMessage() });
        return await db.TrySaveChangesAsync(call.CancellationToken, CompanyErrors.NameTaken(company.Name)) is { } error ? error : company.ToMessage();
    }
}
