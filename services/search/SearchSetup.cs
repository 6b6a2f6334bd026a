using FluentValidation;
using Platform.Access;
using Platform.CustomFields;
using Platform.Invocation;
using Platform.Languages;
using Platform.Search.Feeding;
using Platform.Search.Index;
using Platform.Search.Kinds;
using Platform.Search.Searching;
using Platform.Tenants.V1;

namespace Platform.Search;

internal static class SearchSetup
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddWording(typeof(SearchSetup).Assembly)
        .AddServiceClients(VisibleRecords.Owners, invoker => new VisibilityService.VisibilityServiceClient(invoker))
        .AddSingleton(new WatchedResources([.. RecordKinds.BuiltIn.Select(kind => kind.Name), ResourceCatalogue.Objects.Name]))
        .AddScoped<ISearchIndex, PostgresIndex>()
        .AddScoped<Feeder>()
        .AddScoped<VisibleRecords>()
        .AddScoped<SearchRecords>()
        .AddSingleton<IValidator<V1.SearchRequest>, SearchValidator>();
}
