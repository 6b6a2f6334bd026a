using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Deals.Deals;
using Platform.Errors;

namespace Platform.Deals.Quotes;

/// <summary>Asks the contacts domain, as the caller, who is behind a deal.</summary>
internal sealed class Buyers(CompaniesService.CompaniesServiceClient companies, PeopleService.PeopleServiceClient people)
{
    /// <summary>The company, else the person; nobody where there is none that the caller may see.</summary>
    public async Task<Result<V1.QuoteParty>> FindAsync(Guid? companyId, Guid? personId, CancellationToken cancellationToken)
    {
        try
        {
            if (companyId is { } company)
                return Of(await companies.GetCompanyAsync(new GetCompanyRequest { Id = company.ToString() }, cancellationToken: cancellationToken));
            if (personId is { } person)
                return Of(await people.GetPersonAsync(new GetPersonRequest { Id = person.ToString() }, cancellationToken: cancellationToken));
            return new V1.QuoteParty();
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception.StatusCode is StatusCode.NotFound or StatusCode.PermissionDenied ? new V1.QuoteParty() : DealErrors.ContactsUnavailable;
        }
    }

    private static V1.QuoteParty Of(Company company) => new() { Name = company.Name, Email = company.Email, TaxNumber = company.TaxNumber, Address = company.Address };

    private static V1.QuoteParty Of(Person person) => new() { Name = $"{person.FirstName} {person.LastName}".Trim(), Email = person.Email, Address = person.Address };
}
