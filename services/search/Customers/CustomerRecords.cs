using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Access.Fields;
using Platform.Contacts.V1;
using Platform.Tenancy;

namespace Platform.Search.Customers;

/// <summary>Companies and people, read from contacts as the caller.</summary>
internal sealed class CustomerRecords(CompaniesService.CompaniesServiceClient companies, PeopleService.PeopleServiceClient people, Caller caller)
{
    /// <summary>What one list gives at a time.</summary>
    public const int Most = 200;

    /// <summary>The company or person of that id.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is not there, or not to be had.</exception>
    public async Task<Customer> FindAsync(string type, string id, DateTime deadline, CancellationToken cancellationToken)
    {
        if (type == Customer.Company)
        {
            var company = await companies.GetCompanyAsync(new GetCompanyRequest { Id = id }, deadline: deadline, cancellationToken: cancellationToken);
            return new Customer(type, company.Id, company.Name, AddressOf(type, company.Email));
        }

        var person = await people.GetPersonAsync(new GetPersonRequest { Id = id }, deadline: deadline, cancellationToken: cancellationToken);
        return new Customer(type, person.Id, NameOf(person), AddressOf(type, person.Email));
    }

    /// <summary>The people of a company, the newest first.</summary>
    public async Task<CompanyPeople> PeopleOfAsync(Customer company, DateTime deadline, CancellationToken cancellationToken)
    {
        var listed = await people.ListPeopleAsync(new ListPeopleRequest { PageSize = Most, Filter = company.Filter() }, deadline: deadline, cancellationToken: cancellationToken);
        return new CompanyPeople(
            [.. listed.People.Select(person => new CompanyPerson(person.Id, NameOf(person), AddressOf(Customer.Person, person.Email), person.CreateTime))], listed.NextPageToken.Length > 0);
    }

    // One that is masked is no address.
    private string AddressOf(string type, string email) => caller.CanRead(ResourceCatalogue.Find(type)!, "email") ? email : "";

    private static string NameOf(Person person) => string.Join(' ', new[] { person.FirstName, person.LastName }.Where(name => name.Length > 0));
}

/// <summary>The people of a company, as far as they were read.</summary>
internal sealed record CompanyPeople(IReadOnlyList<CompanyPerson> All, bool HasMore);

/// <summary>One of them.</summary>
internal sealed record CompanyPerson(string Id, string Title, string Email, Timestamp? CreateTime);
