using FluentValidation;
using Platform.Access;
using Platform.Access.Teams;
using Platform.Bulk;
using Platform.Contacts.V1;
using Platform.CustomFields.Relations;
using Platform.Deals.Board;
using Platform.Deals.Bulk;
using Platform.Deals.Deals;
using Platform.Deals.Forecasts;
using Platform.Deals.History;
using Platform.Deals.Lines;
using Platform.Deals.Origins;
using Platform.Deals.Quotes;
using Platform.Deals.Reports;
using Platform.Deals.Stages;
using Platform.Events;
using Platform.Inventory.V1;
using Platform.Invocation;
using Platform.Languages;
using Platform.Monetary.Rates;
using Platform.Pipelines.V1;
using Platform.Tenants.V1;

namespace Platform.Deals;

internal static class DealsSetup
{
    /// <summary>What the domain reacts to.</summary>
    public static void Subscribe(EventSubscriptions events) => events
        .KeepRates()
        .ForgetTeams()
        .OnRepeatable<PipelineChanged>("ForgetPipelines", OnPipelineChanged.ForgetAsync)
        .On<PipelineChanged, DealsDbContext>(OnPipelineChanged.Handle);

    public static IServiceCollection AddDeals(this IServiceCollection services, IConfiguration configuration) => services
        .AddWording(typeof(DealsSetup).Assembly)
        .AddServiceClient(DaprNames.Contacts, invoker => new CompaniesService.CompaniesServiceClient(invoker))
        .AddServiceClient(DaprNames.Contacts, invoker => new PeopleService.PeopleServiceClient(invoker))
        .AddServiceClient(DaprNames.Contacts, invoker => new ActivitiesService.ActivitiesServiceClient(invoker))
        .AddServiceClient(DaprNames.Pipelines, invoker => new PipelinesService.PipelinesServiceClient(invoker))
        .AddServiceClient(DaprNames.Contacts, invoker => new LeadsService.LeadsServiceClient(invoker))
        .AddServiceClient(DaprNames.Contacts, invoker => new ConversionsService.ConversionsServiceClient(invoker))
        .AddServiceClient(DaprNames.Inventory, invoker => new ProductsService.ProductsServiceClient(invoker))
        .AddTeams()
        .AddScoped<DealOrigins>()
        .AddScoped<Conversions>()
        .AddSingleton<PipelineCache>()
        .AddScoped<ActivityCounts>()
        .AddScoped<StageDirectory>()
        .AddScoped<Customers>()
        .AddScoped<Catalog>()
        .AddScoped(provider => new RelationLookup("contacts.company", provider.GetRequiredService<Customers>().HasCompanyAsync))
        .AddScoped(provider => new RelationLookup("contacts.person", provider.GetRequiredService<Customers>().HasPersonAsync))
        .AddReporting(DealConfiguration.Reported)
        .AddProtectedResources(Deal.Resource, Quote.Resource)
        .AddQuotes(configuration)
        .AddBulk(configuration, (job, user) => new V1.BulkJobEnded { Job = job, UserId = user }, BulkDeals.Kind, BulkQuotes.Kind)
        .AddSingleton<IValidator<V1.CreateDealRequest>, CreateDeal.Validator>()
        .AddSingleton<IValidator<V1.UpdateDealRequest>, UpdateDeal.Validator>()
        .AddSingleton<IValidator<V1.ListDealsRequest>, ListDeals.Validator>()
        .AddSingleton<IValidator<V1.ExportDealsRequest>, ExportDeals.Validator>()
        .AddSingleton<IValidator<V1.LoseDealRequest>, LoseDeal.Validator>()
        .AddSingleton<IValidator<V1.MoveDealRequest>, MoveDeal.Validator>()
        .AddSingleton<IValidator<V1.ListDealChangesRequest>, ListDealChanges.Validator>()
        .AddSingleton<IValidator<V1.GetDealBoardRequest>, GetDealBoard.Validator>()
        .AddSingleton<IValidator<V1.GetFunnelRequest>, GetFunnel.Validator>()
        .AddSingleton<IValidator<V1.GetForecastRequest>, GetForecast.Validator>()
        .AddSingleton<IValidator<V1.FlagDealRequest>, FlagDeal.Validator>()
        .AddScoped<Hierarchies>()
        .AddSingleton<IValidator<V1.GetForecastTreeRequest>, GetForecastTree.Validator>()
        .AddSingleton<IValidator<V1.OverrideForecastRequest>, OverrideForecast.Validator>()
        .AddSingleton<IValidator<V1.ListForecastOverridesRequest>, ListForecastOverrides.Validator>();
}
