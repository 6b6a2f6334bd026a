extern alias deals;

using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Pipelines.V1;
using Platform.Tenants.V1;
using Platform.Testing;

namespace Contacts.Tests.CustomFields.Across;

/// <summary>The deals service beside that of contacts, with whatever else a fact replaces. It believes that every company exists that a deal names, and that all have one pipeline and no teams.</summary>
public sealed class DealsBeside(Action<IServiceCollection>? more = null) : ServiceFixture<deals::Program>("deals")
{
    private static readonly string[] All = ["deals.read", "deals.write"];

    public DealsService.DealsServiceClient Of(Guid tenant) => new(GrpcFor(tenant, All));

    protected override void Configure(IServiceCollection services)
    {
        services
            .AddScoped<CompaniesService.CompaniesServiceClient>(_ => new AnyCompany())
            .AddScoped<PipelinesService.PipelinesServiceClient>(_ => new OnePipeline())
            .AddScoped<TeamsService.TeamsServiceClient>(_ => new TeamsStandIn().For(Guid.Empty));
        more?.Invoke(services);
    }

    private sealed class AnyCompany : CompaniesService.CompaniesServiceClient
    {
        public override AsyncUnaryCall<Company> GetCompanyAsync(GetCompanyRequest request, CallOptions options) =>
            new(Task.FromResult(new Company { Id = request.Id }), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    private sealed class OnePipeline : PipelinesService.PipelinesServiceClient
    {
        private static readonly Pipeline Only = new()
        {
            Id = $"{Guid.CreateVersion7()}",
            Name = "Sales",
            IsDefault = true,
            Stages = { Of(StageKind.Open), Of(StageKind.Won), Of(StageKind.Lost) },
        };

        public override AsyncUnaryCall<PipelineBook> GetPipelineBookAsync(GetPipelineBookRequest request, CallOptions options) =>
            new(Task.FromResult(new PipelineBook { Pipelines = { Only } }), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

        private static Stage Of(StageKind kind) => new() { Id = $"{Guid.CreateVersion7()}", Name = $"{kind}", Kind = kind };
    }
}
