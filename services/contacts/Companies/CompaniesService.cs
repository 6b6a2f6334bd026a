using Google.Api;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Contacts.Merging;
using Platform.Errors;

namespace Platform.Contacts.Companies;

/// <summary>The RPC table of companies.</summary>
internal sealed class CompaniesService(ContactsDbContext db, TimeProvider time, MergeClock clock) : V1.CompaniesService.CompaniesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListCompaniesResponse> ListCompanies(V1.ListCompaniesRequest request, ServerCallContext context) =>
        Companies.ListCompanies.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Company> GetCompany(V1.GetCompanyRequest request, ServerCallContext context) =>
        Companies.GetCompany.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Company> CreateCompany(V1.CreateCompanyRequest request, ServerCallContext context) =>
        Companies.CreateCompany.Handle(request, db, time, context).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Company> UpdateCompany(V1.UpdateCompanyRequest request, ServerCallContext context) =>
        Companies.UpdateCompany.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeleteCompany(V1.DeleteCompanyRequest request, ServerCallContext context) =>
        Companies.DeleteCompany.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.MergeCompanyResponse> MergeCompany(V1.MergeCompanyRequest request, ServerCallContext context) =>
        Merging.MergeCompany.Handle(request, db, clock, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.UnmergeCompanyResponse> UnmergeCompany(V1.UnmergeCompanyRequest request, ServerCallContext context) =>
        Merging.UnmergeCompany.Handle(request, db, clock, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ListCompanyMergesResponse> ListCompanyMerges(V1.ListCompanyMergesRequest request, ServerCallContext context) =>
        ListMerges.Handle(request, db, clock, context.CancellationToken).Reply();

    [Permission(Permissions.Export)]
    public override Task ExportCompanies(V1.ExportCompaniesRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        Companies.ExportCompanies.Handle(request, responseStream, db, time, context);
}
