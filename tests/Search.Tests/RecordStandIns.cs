using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;
using Platform.Records.V1;

namespace Search.Tests;

/// <summary>The services that own records, which are other processes: they have the people that a test gives them, and nothing else.</summary>
internal static class RecordStandIns
{
    public static void AddTo(IServiceCollection services, SearchFixture search) => services
        .AddScoped<PeopleService.PeopleServiceClient>(provider => new People(search, provider.GetRequiredService<Platform.Tenancy.Caller>().RequiredTenantId))
        .AddScoped<CompaniesService.CompaniesServiceClient>(_ => new Companies())
        .AddScoped<LeadsService.LeadsServiceClient>(_ => new Leads())
        .AddScoped<ActivitiesService.ActivitiesServiceClient>(_ => new Activities())
        .AddScoped<DealsService.DealsServiceClient>(_ => new Deals())
        .AddScoped<InvoicesService.InvoicesServiceClient>(_ => new Invoices())
        .AddScoped<RecordsService.RecordsServiceClient>(_ => new Records());

    private static AsyncUnaryCall<T> Answer<T>(T answer) => Answer(Task.FromResult(answer));

    private static AsyncUnaryCall<T> Answer<T>(Task<T> answer) => new(answer, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

    // A person a page, so that there are several.
    private sealed class People(SearchFixture search, Guid tenant) : PeopleService.PeopleServiceClient
    {
        public override AsyncUnaryCall<ListPeopleResponse> ListPeopleAsync(ListPeopleRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            Answer(ListAsync(request, cancellationToken));

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

    private sealed class Companies : CompaniesService.CompaniesServiceClient
    {
        public override AsyncUnaryCall<ListCompaniesResponse> ListCompaniesAsync(ListCompaniesRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => Answer(new ListCompaniesResponse());
    }

    private sealed class Leads : LeadsService.LeadsServiceClient
    {
        public override AsyncUnaryCall<ListLeadsResponse> ListLeadsAsync(ListLeadsRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => Answer(new ListLeadsResponse());
    }

    private sealed class Activities : ActivitiesService.ActivitiesServiceClient
    {
        public override AsyncUnaryCall<ListActivitiesResponse> ListActivitiesAsync(ListActivitiesRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => Answer(new ListActivitiesResponse());
    }

    private sealed class Deals : DealsService.DealsServiceClient
    {
        public override AsyncUnaryCall<ListDealsResponse> ListDealsAsync(ListDealsRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => Answer(new ListDealsResponse());
    }

    private sealed class Invoices : InvoicesService.InvoicesServiceClient
    {
        public override AsyncUnaryCall<ListInvoicesResponse> ListInvoicesAsync(ListInvoicesRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => Answer(new ListInvoicesResponse());
    }

    private sealed class Records : RecordsService.RecordsServiceClient
    {
        public override AsyncUnaryCall<ListRecordsResponse> ListRecordsAsync(ListRecordsRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => Answer(new ListRecordsResponse());
    }
}
