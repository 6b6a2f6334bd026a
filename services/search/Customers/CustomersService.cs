using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Search.Customers;

/// <summary>The RPC table of customers.</summary>
internal sealed class CustomersService(GetOverview overview) : V1.CustomersService.CustomersServiceBase
{
    [AnyMember]
    public override Task<V1.CustomerOverview> GetCompanyOverview(V1.GetCompanyOverviewRequest request, ServerCallContext context) =>
        overview.HandleAsync(Customer.Company, request.CompanyId, request.ItemCount, context.CancellationToken).Reply();

    [AnyMember]
    public override Task<V1.CustomerOverview> GetPersonOverview(V1.GetPersonOverviewRequest request, ServerCallContext context) =>
        overview.HandleAsync(Customer.Person, request.PersonId, request.ItemCount, context.CancellationToken).Reply();
}
