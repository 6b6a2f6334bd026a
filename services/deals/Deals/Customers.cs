using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Deals.Deals;

/// <summary>Asks the contacts domain, as the caller, whether a deal's company and person exist.</summary>
internal sealed class Customers(CompaniesService.CompaniesServiceClient companies, PeopleService.PeopleServiceClient people)
{
    private readonly Dictionary<string, Task<Error?>> _asked = new(StringComparer.Ordinal);
    private bool _isClosed;

    /// <summary>Nobody is asked any more in this scope: deals are locked from now on. Who was not asked for before that counts as not to be asked.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Null where both exist or are not named. Asked once in a scope: work on many deals mostly names the same for all.</summary>
    public Task<Error?> CheckAsync(string companyId, string personId, CancellationToken cancellationToken) => CheckAsync("deal", companyId, personId, cancellationToken);

    /// <summary>The same, told of a deal that stands elsewhere in a request.</summary>
    public async Task<Error?> CheckAsync(string place, string companyId, string personId, CancellationToken cancellationToken)
    {
        var company = companyId.Length == 0 ? Task.FromResult<Error?>(null) : OnceAsync($"company {companyId}", () => CheckAsync(
            companies.GetCompanyAsync(new GetCompanyRequest { Id = companyId }, cancellationToken: cancellationToken).ResponseAsync,
            Error.Invalid($"{place}.companyId", Say($"There is no company with id '{companyId}'."))));
        var person = personId.Length == 0 ? Task.FromResult<Error?>(null) : OnceAsync($"person {personId}", () => CheckAsync(
            people.GetPersonAsync(new GetPersonRequest { Id = personId }, cancellationToken: cancellationToken).ResponseAsync,
            Error.Invalid($"{place}.personId", Say($"There is no person with id '{personId}'."))));
        return await company ?? await person;
    }

    /// <summary>The same of those who have a say in a deal: of the first who is not there.</summary>
    /// <param name="contacts">As the deal is to have them.</param>
    /// <param name="known">Who has a say by now: they are not asked for again.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    public async Task<Error?> CheckAsync(IReadOnlyList<V1.DealContact> contacts, IReadOnlyCollection<Guid> known, CancellationToken cancellationToken)
    {
        var asked = contacts.Index().Where(contact => contact.Item.PersonId.ToIdOrNull() is { } id && !known.Contains(id)).Select(contact => OnceAsync($"contact {contact.Item.PersonId}", () => CheckAsync(
            people.GetPersonAsync(new GetPersonRequest { Id = contact.Item.PersonId }, cancellationToken: cancellationToken).ResponseAsync,
            Error.Invalid($"deal.contacts[{contact.Index}].personId", Say($"There is no person with id '{contact.Item.PersonId}'."))))).ToList();
        return (await Task.WhenAll(asked)).FirstOrDefault(error => error is not null);
    }

    /// <summary>Whether there is a company of that id that the caller may see; fails where that cannot be asked.</summary>
    public Task<bool> HasCompanyAsync(Guid id, CancellationToken cancellationToken) =>
        HasAsync(companies.GetCompanyAsync(new GetCompanyRequest { Id = id.ToString() }, cancellationToken: cancellationToken).ResponseAsync);

    /// <summary>The same of a person.</summary>
    public Task<bool> HasPersonAsync(Guid id, CancellationToken cancellationToken) =>
        HasAsync(people.GetPersonAsync(new GetPersonRequest { Id = id.ToString() }, cancellationToken: cancellationToken).ResponseAsync);

    private Task<Error?> OnceAsync(string what, Func<Task<Error?>> ask)
    {
        if (_asked.TryGetValue(what, out var known))
            return known;
        return _isClosed ? Task.FromResult<Error?>(DealErrors.ContactsUnavailable) : _asked[what] = ask();
    }

    private static async Task<bool> HasAsync(Task call)
    {
        var unknown = Error.NotFound("record", "");
        return await CheckAsync(call, unknown) is not { } error || (error == unknown ? false : throw error.ToRpcException());
    }

    private static async Task<Error?> CheckAsync(Task call, Error unknown)
    {
        try
        {
            await call;
            return null;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode switch
            {
                StatusCode.NotFound => unknown,
                StatusCode.PermissionDenied => Error.PermissionDenied("contacts.read"),
                _ => DealErrors.ContactsUnavailable,
            };
        }
    }
}
