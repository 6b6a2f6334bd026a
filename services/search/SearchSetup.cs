using FluentValidation;
using Platform.Access;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.CustomFields;
using Platform.Data;
using Platform.Deals.V1;
using Platform.Finance.V1;
using Platform.Inventory.V1;
using Platform.Invocation;
using Platform.Languages;
using Platform.Records.V1;
using Platform.Search.Customers;
using Platform.Search.Feeding;
using Platform.Search.Index;
using Platform.Search.Kinds;
using Platform.Search.Rebuilding;
using Platform.Search.Searching;
using Platform.Tenants.V1;

namespace Platform.Search;

internal static class SearchSetup
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddWording(typeof(SearchSetup).Assembly)
        .AddServiceClients(VisibleRecords.Owners, invoker => new VisibilityService.VisibilityServiceClient(invoker))
        .AddSingleton(new WatchedResources([.. RecordKinds.BuiltIn.Select(kind => kind.Name), ResourceCatalogue.Objects.Name]))
        .AddServiceClient(DaprNames.Contacts, invoker => new PeopleService.PeopleServiceClient(invoker))
        .AddServiceClient(DaprNames.Contacts, invoker => new CompaniesService.CompaniesServiceClient(invoker))
        .AddServiceClient(DaprNames.Contacts, invoker => new LeadsService.LeadsServiceClient(invoker))
        .AddServiceClient(DaprNames.Contacts, invoker => new ActivitiesService.ActivitiesServiceClient(invoker))
        .AddServiceClient(DaprNames.Deals, invoker => new DealsService.DealsServiceClient(invoker))
        .AddServiceClient(DaprNames.Deals, invoker => new QuotesService.QuotesServiceClient(invoker))
        .AddServiceClient(DaprNames.Finance, invoker => new InvoicesService.InvoicesServiceClient(invoker))
        .AddServiceClient(DaprNames.Inventory, invoker => new ProductsService.ProductsServiceClient(invoker))
        .AddServiceClient(DaprNames.Records, invoker => new RecordsService.RecordsServiceClient(invoker))
        .AddServiceClient(DaprNames.Communications, invoker => new EmailsService.EmailsServiceClient(invoker))
        .AddScoped<PostgresIndex>()
        .AddScoped<ISearchIndex>(provider => provider.GetRequiredService<PostgresIndex>())
        .AddScoped<RecordSources>()
        .AddScoped<RunRebuild>()
        .AddWorkSignal<RebuildSignal>()
        .AddSingleton<RebuildQueue>()
        .AddHostedService<RebuildWorker>()
        .AddSingleton<GatheredWrites>()
        .AddScoped<Feeder>()
        .AddScoped<VisibleRecords>()
        .AddScoped<SearchRecords>()
        .AddScoped<CustomerRecords>()
        .AddScoped<CustomerSections>()
        .AddScoped<GetOverview>()
        .AddSingleton<IValidator<V1.SearchRequest>, SearchValidator>()
        .AddSingleton<IValidator<V1.GetCompanyOverviewRequest>, OverviewValidators.OfCompany>()
        .AddSingleton<IValidator<V1.GetPersonOverviewRequest>, OverviewValidators.OfPerson>();
}
