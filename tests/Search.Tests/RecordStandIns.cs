using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;
using Platform.Inventory.V1;
using Platform.Records.V1;

namespace Search.Tests;

/// <summary>The services that own records, which are other processes: they have what a test gives them, and nothing else.</summary>
internal static class RecordStandIns
{
    public static void AddTo(IServiceCollection services, SearchFixture search) => services
        .AddScoped<PeopleService.PeopleServiceClient>(provider => new People(search, provider.GetRequiredService<Platform.Tenancy.Caller>().RequiredTenantId))
        .AddScoped<CompaniesService.CompaniesServiceClient>(provider => new Companies(KnownOf(search, provider)))
        .AddScoped<LeadsService.LeadsServiceClient>(_ => new Leads())
        .AddScoped<ActivitiesService.ActivitiesServiceClient>(provider => new Activities(KnownOf(search, provider)))
        .AddScoped<DealsService.DealsServiceClient>(provider => new Deals(KnownOf(search, provider)))
        .AddScoped<QuotesService.QuotesServiceClient>(provider => new Quotes(KnownOf(search, provider)))
        .AddScoped<InvoicesService.InvoicesServiceClient>(provider => new Invoices(KnownOf(search, provider)))
        .AddScoped<EmailsService.EmailsServiceClient>(provider => new Emails(KnownOf(search, provider)))
        .AddScoped<ProductsService.ProductsServiceClient>(_ => new Products())
        .AddScoped<RecordsService.RecordsServiceClient>(_ => new Records());

    private static KnownCustomer KnownOf(SearchFixture search, IServiceProvider provider) => search.CustomerOf(provider.GetRequiredService<Platform.Tenancy.Caller>().RequiredTenantId);

    private static AsyncUnaryCall<T> Answer<T>(T answer) => Answer(Task.FromResult(answer));

    private static AsyncUnaryCall<T> Answer<T>(Task<T> answer) => new(answer, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

    // A person a page, so that there are several.
    private sealed class People(SearchFixture search, Guid tenant) : PeopleService.PeopleServiceClient
    {
        public override AsyncUnaryCall<ListPeopleResponse> ListPeopleAsync(ListPeopleRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            Answer(request.Filter.Length == 0 ? ListAsync(request, cancellationToken) : search.CustomerOf(tenant).AnswerAsync("people", request, deadline, () => new ListPeopleResponse { People = { search.CustomerOf(tenant).People } }));

        public override AsyncUnaryCall<Person> GetPersonAsync(GetPersonRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            Answer(search.CustomerOf(tenant).AnswerAsync("contacts", request, deadline, () => search.CustomerOf(tenant).People.Single(person => person.Id == request.Id)));

        private async Task<ListPeopleResponse> ListAsync(ListPeopleRequest request, CancellationToken cancellationToken)
        {
            var all = search.Owned.GetValueOrDefault(tenant) ?? [];
            if (search.Pause.TryGetValue(tenant, out var pause))
            {
                search.Paused.Enqueue(tenant);
                await pause.Task.WaitAsync(cancellationToken);
            }

            var at = request.PageToken.Length == 0 ? 0 : int.Parse(request.PageToken, System.Globalization.CultureInfo.InvariantCulture);
            return new ListPeopleResponse { People = { all.Skip(at).Take(1) }, NextPageToken = at + 1 < all.Count ? $"{at + 1}" : "" };
        }
    }

    private sealed class Companies(KnownCustomer known) : CompaniesService.CompaniesServiceClient
    {
        public override AsyncUnaryCall<ListCompaniesResponse> ListCompaniesAsync(ListCompaniesRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => Answer(new ListCompaniesResponse());

        public override AsyncUnaryCall<Company> GetCompanyAsync(GetCompanyRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            Answer(known.AnswerAsync("contacts", request, deadline, () => known.Company ?? throw new RpcException(new Status(StatusCode.NotFound, "unknown"))));
    }

    private sealed class Leads : LeadsService.LeadsServiceClient
    {
        public override AsyncUnaryCall<ListLeadsResponse> ListLeadsAsync(ListLeadsRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => Answer(new ListLeadsResponse());
    }

    private sealed class Activities(KnownCustomer known) : ActivitiesService.ActivitiesServiceClient
    {
        public override AsyncUnaryCall<ListActivitiesResponse> ListActivitiesAsync(ListActivitiesRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            Answer(known.AnswerAsync("activities", request, deadline, () => new ListActivitiesResponse { Activities = { known.Activities } }));
    }

    private sealed class Deals(KnownCustomer known) : DealsService.DealsServiceClient
    {
        public override AsyncUnaryCall<ListDealsResponse> ListDealsAsync(ListDealsRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            Answer(known.AnswerAsync("deals", request, deadline, () => new ListDealsResponse { Deals = { known.Deals } }));
    }

    private sealed class Quotes(KnownCustomer known) : QuotesService.QuotesServiceClient
    {
        public override AsyncUnaryCall<ListQuotesResponse> ListQuotesAsync(ListQuotesRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            Answer(known.AnswerAsync("quotes", request, deadline, () => new ListQuotesResponse { Quotes = { known.Quotes } }));
    }

    private sealed class Invoices(KnownCustomer known) : InvoicesService.InvoicesServiceClient
    {
        public override AsyncUnaryCall<ListInvoicesResponse> ListInvoicesAsync(ListInvoicesRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            Answer(known.AnswerAsync("finance", request, deadline, () => new ListInvoicesResponse { Invoices = { known.Invoices } }));
    }

    private sealed class Emails(KnownCustomer known) : EmailsService.EmailsServiceClient
    {
        public override AsyncUnaryCall<ListEmailsResponse> ListEmailsAsync(ListEmailsRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            Answer(known.AnswerAsync("communications", request, deadline, () => new ListEmailsResponse { Emails = { known.Emails } }));
    }

    private sealed class Products : ProductsService.ProductsServiceClient
    {
        public override AsyncUnaryCall<ListProductsResponse> ListProductsAsync(ListProductsRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => Answer(new ListProductsResponse());
    }

    private sealed class Records : RecordsService.RecordsServiceClient
    {
        public override AsyncUnaryCall<ListRecordsResponse> ListRecordsAsync(ListRecordsRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => Answer(new ListRecordsResponse());
    }
}
