using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;

namespace Platform.Automation.QuoteToCash;

/// <summary>Who a deal is with, as it stands on the invoice: the company where there is one, else the person.</summary>
internal static class Customer
{
    public static async Task<Party> FindAsync(IServiceProvider services, Deal deal)
    {
        var company = deal.CompanyId.Length == 0 ? null
            : await services.GetRequiredService<CompaniesService.CompaniesServiceClient>().GetCompanyAsync(new GetCompanyRequest { Id = deal.CompanyId });
        var person = deal.PersonId.Length == 0 ? null
            : await services.GetRequiredService<PeopleService.PeopleServiceClient>().GetPersonAsync(new GetPersonRequest { Id = deal.PersonId });
        return new Party
        {
            Name = company?.Name ?? $"{person?.FirstName} {person?.LastName}".Trim(),
            Email = person is { Email.Length: > 0 } ? person.Email : company?.Email ?? "",
            TaxNumber = company?.TaxNumber ?? "",
            Address = company?.Address ?? person?.Address,
        };
    }
}
