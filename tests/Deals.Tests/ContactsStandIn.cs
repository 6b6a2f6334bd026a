using Grpc.Core;
using Platform.Contacts.V1;

namespace Deals.Tests;

/// <summary>Stands for the contacts service, which is another process: knows one company and one person.</summary>
internal static class ContactsStandIn
{
    public static readonly string Company = Guid.CreateVersion7().ToString();
    public static readonly string Person = Guid.CreateVersion7().ToString();

    /// <summary>Whoever asks for this finds contacts away.</summary>
    public static readonly string Unreachable = Guid.CreateVersion7().ToString();

    /// <summary>Whoever asks for this may not read contacts.</summary>
    public static readonly string Forbidden = Guid.CreateVersion7().ToString();

    public sealed class Companies : CompaniesService.CompaniesServiceClient
    {
        public override AsyncUnaryCall<Company> GetCompanyAsync(GetCompanyRequest request, CallOptions options) =>
            Answer(request.Id, Company, new Company { Id = request.Id, Name = "Known" });
    }

    public sealed class People : PeopleService.PeopleServiceClient
    {
        public override AsyncUnaryCall<Person> GetPersonAsync(GetPersonRequest request, CallOptions options) =>
            Answer(request.Id, Person, new Person { Id = request.Id, LastName = "Known" });
    }

    private static AsyncUnaryCall<T> Answer<T>(string id, string known, T message)
    {
        var status = id == known ? Status.DefaultSuccess
            : id == Unreachable ? new Status(StatusCode.Unavailable, "")
            : id == Forbidden ? new Status(StatusCode.PermissionDenied, "")
            : new Status(StatusCode.NotFound, "");
        var response = status.StatusCode == StatusCode.OK ? Task.FromResult(message) : Task.FromException<T>(new RpcException(status));
        return new AsyncUnaryCall<T>(response, Task.FromResult(new Metadata()), () => status, () => [], () => { });
    }
}
