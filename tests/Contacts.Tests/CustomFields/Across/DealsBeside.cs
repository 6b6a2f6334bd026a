extern alias deals;

using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Testing;

namespace Contacts.Tests.CustomFields.Across;

/// <summary>The deals service beside that of contacts. It believes that every company exists that a deal names.</summary>
public sealed class DealsBeside() : ServiceFixture<deals::Program>("deals")
{
    private static readonly string[] All = ["deals.read", "deals.write"];

    public DealsService.DealsServiceClient Of(Guid tenant) => new(GrpcFor(tenant, All));

    protected override void Configure(IServiceCollection services) => services.AddScoped<CompaniesService.CompaniesServiceClient>(_ => new AnyCompany());

    private sealed class AnyCompany : CompaniesService.CompaniesServiceClient
    {
        public override AsyncUnaryCall<Company> GetCompanyAsync(GetCompanyRequest request, CallOptions options) =>
            new(Task.FromResult(new Company { Id = request.Id }), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }
}
