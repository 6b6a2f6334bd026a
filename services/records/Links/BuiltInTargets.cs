using Grpc.Core;
using Platform.Access;
using Platform.Contacts.V1;
using Platform.CustomFields.Relations;
using Platform.Deals.V1;
using Platform.Errors;
using Platform.Finance.V1;
using Platform.Inventory.V1;
using Platform.Invocation;
using static Platform.Languages.Wording;

namespace Platform.Records.Links;

/// <summary>Asks the services that own built-in records, as the caller, whether those exist that a record is to lead to.</summary>
internal static class BuiltInTargets
{
    public static IServiceCollection AddBuiltInTargets(this IServiceCollection services) => services
        .AddServiceClient(DaprNames.Contacts, invoker => new LeadsService.LeadsServiceClient(invoker))
        .AddServiceClient(DaprNames.Contacts, invoker => new PeopleService.PeopleServiceClient(invoker))
        .AddServiceClient(DaprNames.Contacts, invoker => new CompaniesService.CompaniesServiceClient(invoker))
        .AddServiceClient(DaprNames.Contacts, invoker => new ActivitiesService.ActivitiesServiceClient(invoker))
        .AddServiceClient(DaprNames.Contacts, invoker => new RelationsService.RelationsServiceClient(invoker))
        .AddServiceClient(DaprNames.Deals, invoker => new DealsService.DealsServiceClient(invoker))
        .AddServiceClient(DaprNames.Deals, invoker => new QuotesService.QuotesServiceClient(invoker))
        .AddServiceClient(DaprNames.Finance, invoker => new InvoicesService.InvoicesServiceClient(invoker))
        .AddServiceClient(DaprNames.Finance, invoker => new CreditNotesService.CreditNotesServiceClient(invoker))
        .AddServiceClient(DaprNames.Inventory, invoker => new ProductsService.ProductsServiceClient(invoker))
        .AddServiceClient(DaprNames.Inventory, invoker => new PricesService.PricesServiceClient(invoker))
        .AddTarget<LeadsService.LeadsServiceClient>("contacts.lead", (leads, id, token) => leads.GetLeadAsync(new GetLeadRequest { Id = id }, cancellationToken: token).ResponseAsync)
        .AddTarget<PeopleService.PeopleServiceClient>("contacts.person", (people, id, token) => people.GetPersonAsync(new GetPersonRequest { Id = id }, cancellationToken: token).ResponseAsync)
        .AddTarget<CompaniesService.CompaniesServiceClient>(
            "contacts.company", (companies, id, token) => companies.GetCompanyAsync(new GetCompanyRequest { Id = id }, cancellationToken: token).ResponseAsync)
        .AddTarget<ActivitiesService.ActivitiesServiceClient>(
            "contacts.activity", (activities, id, token) => activities.GetActivityAsync(new GetActivityRequest { Id = id }, cancellationToken: token).ResponseAsync)
        .AddTarget<RelationsService.RelationsServiceClient>(
            "contacts.relation", (relations, id, token) => relations.GetRelationAsync(new GetRelationRequest { Id = id }, cancellationToken: token).ResponseAsync)
        .AddTarget<DealsService.DealsServiceClient>("deals.deal", (deals, id, token) => deals.GetDealAsync(new GetDealRequest { Id = id }, cancellationToken: token).ResponseAsync)
        .AddTarget<QuotesService.QuotesServiceClient>("deals.quote", (quotes, id, token) => quotes.GetQuoteAsync(new GetQuoteRequest { Id = id }, cancellationToken: token).ResponseAsync)
        .AddTarget<InvoicesService.InvoicesServiceClient>(
            "finance.invoice", (invoices, id, token) => invoices.GetInvoiceAsync(new GetInvoiceRequest { Id = id }, cancellationToken: token).ResponseAsync)
        .AddTarget<CreditNotesService.CreditNotesServiceClient>(
            "finance.credit_note", (notes, id, token) => notes.GetCreditNoteAsync(new GetCreditNoteRequest { Id = id }, cancellationToken: token).ResponseAsync)
        .AddTarget<ProductsService.ProductsServiceClient>(
            "inventory.product", (products, id, token) => products.GetProductAsync(new GetProductRequest { Id = id }, cancellationToken: token).ResponseAsync)
        .AddTarget<PricesService.PricesServiceClient>(
            "inventory.price_list", (prices, id, token) => prices.GetPriceListAsync(new GetPriceListRequest { Id = id }, cancellationToken: token).ResponseAsync)
        .AddTarget<PricesService.PricesServiceClient>(
            "inventory.price", (prices, id, token) => prices.GetPriceAsync(new GetPriceRequest { Id = id }, cancellationToken: token).ResponseAsync);

    private static IServiceCollection AddTarget<TClient>(this IServiceCollection services, string resource, Func<TClient, string, CancellationToken, Task> ask)
        where TClient : notnull => services.AddScoped(provider => new RelationLookup(
            resource, (id, token) => HasAsync(resource, ask(provider.GetRequiredService<TClient>(), id.ToString(), token))));

    private static async Task<bool> HasAsync(string resource, Task call)
    {
        try
        {
            await call;
            return true;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode switch
            {
                StatusCode.NotFound => false,
                StatusCode.PermissionDenied => throw Error.PermissionDenied(ResourceCatalogue.Find(resource)!.PermissionFor(AccessAction.Read)).ToRpcException(),
                _ => throw Unavailable(resource).ToRpcException(),
            };
        }
    }

    private static Error Unavailable(string resource) =>
        new(Google.Rpc.Code.Unavailable, "RELATED_UNAVAILABLE", Say($"Whether '{resource}' has the record cannot be asked right now: try again in a moment."));
}
