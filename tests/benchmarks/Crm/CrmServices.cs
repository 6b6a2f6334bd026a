extern alias deals;
extern alias search;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Benchmarks.Fields;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;
using Platform.Pipelines.V1;

namespace Platform.Benchmarks.Crm;

/// <summary>The deals service, to which the pipelines service, another process, would tell two pipelines.</summary>
internal sealed class MeasuredDeals() : MeasuredService<deals::Program>("deals")
{
    protected override void Configure(IServiceCollection services) => services.AddScoped<PipelinesService.PipelinesServiceClient>(_ => new TwoPipelines());

    private sealed class TwoPipelines : PipelinesService.PipelinesServiceClient
    {
        public override AsyncUnaryCall<PipelineBook> GetPipelineBookAsync(GetPipelineBookRequest request, CallOptions options) =>
            Told.Of(new PipelineBook { Pipelines = { CrmRows.Sales, CrmRows.Renewals } });
    }
}

/// <summary>The service that tells what is known of a customer: contacts and deals are asked as they are, finance and communications have nothing.</summary>
/// <param name="contacts">Calls of the contacts service as the caller.</param>
/// <param name="deals">Calls of the deals service as the caller.</param>
internal sealed class MeasuredOverview(CallInvoker contacts, CallInvoker deals) : MeasuredService<search::Program>("search")
{
    protected override void Configure(IServiceCollection services) => services
        .AddScoped(_ => new PeopleService.PeopleServiceClient(contacts))
        .AddScoped(_ => new CompaniesService.CompaniesServiceClient(contacts))
        .AddScoped(_ => new ActivitiesService.ActivitiesServiceClient(contacts))
        .AddScoped(_ => new DealsService.DealsServiceClient(deals))
        .AddScoped(_ => new QuotesService.QuotesServiceClient(deals))
        .AddScoped<InvoicesService.InvoicesServiceClient>(_ => new NoInvoices())
        .AddScoped<EmailsService.EmailsServiceClient>(_ => new NoEmails());

    private sealed class NoInvoices : InvoicesService.InvoicesServiceClient
    {
        public override AsyncUnaryCall<ListInvoicesResponse> ListInvoicesAsync(ListInvoicesRequest request, CallOptions options) => Told.Of(new ListInvoicesResponse());
    }

    private sealed class NoEmails : EmailsService.EmailsServiceClient
    {
        public override AsyncUnaryCall<ListEmailsResponse> ListEmailsAsync(ListEmailsRequest request, CallOptions options) => Told.Of(new ListEmailsResponse());
    }
}

/// <summary>Answers of services that are other processes.</summary>
internal static class Told
{
    public static AsyncUnaryCall<T> Of<T>(T answer) => new(Task.FromResult(answer), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
}
