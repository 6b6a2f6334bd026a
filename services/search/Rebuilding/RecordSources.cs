using Google.Protobuf;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;
using Platform.Inventory.V1;
using Platform.Records.V1;

namespace Platform.Search.Rebuilding;

/// <summary>Reads all records of a type from the service that owns them, as the service account.</summary>
internal sealed class RecordSources(
    PeopleService.PeopleServiceClient people, CompaniesService.CompaniesServiceClient companies, LeadsService.LeadsServiceClient leads,
    ActivitiesService.ActivitiesServiceClient activities, DealsService.DealsServiceClient deals, QuotesService.QuotesServiceClient quotes, InvoicesService.InvoicesServiceClient invoices,
    ProductsService.ProductsServiceClient products, RecordsService.RecordsServiceClient records)
{
    private const int Size = 200;

    /// <summary>A page of them, and where to go on; empty at the end.</summary>
    public async Task<(IReadOnlyList<IMessage> Records, string NextPageToken)> ReadAsync(RebuildPart part, CancellationToken cancellationToken)
    {
        switch (part.Type)
        {
            case "contacts.person":
                var listed = await people.ListPeopleAsync(new ListPeopleRequest { PageSize = Size, PageToken = part.PageToken }, cancellationToken: cancellationToken);
                return (listed.People, listed.NextPageToken);
            case "contacts.company":
                var firms = await companies.ListCompaniesAsync(new ListCompaniesRequest { PageSize = Size, PageToken = part.PageToken }, cancellationToken: cancellationToken);
                return (firms.Companies, firms.NextPageToken);
            case "contacts.lead":
                var found = await leads.ListLeadsAsync(new ListLeadsRequest { PageSize = Size, PageToken = part.PageToken }, cancellationToken: cancellationToken);
                return (found.Leads, found.NextPageToken);
            case "contacts.activity":
                var done = await activities.ListActivitiesAsync(new ListActivitiesRequest { PageSize = Size, PageToken = part.PageToken }, cancellationToken: cancellationToken);
                return (done.Activities, done.NextPageToken);
            case "deals.deal":
                var sold = await deals.ListDealsAsync(new ListDealsRequest { PageSize = Size, PageToken = part.PageToken }, cancellationToken: cancellationToken);
                return (sold.Deals, sold.NextPageToken);
            case "deals.quote":
                var offered = await quotes.ListQuotesAsync(new ListQuotesRequest { PageSize = Size, PageToken = part.PageToken }, cancellationToken: cancellationToken);
                return (offered.Quotes, offered.NextPageToken);
            case "finance.invoice":
                var billed = await invoices.ListInvoicesAsync(new ListInvoicesRequest { PageSize = Size, PageToken = part.PageToken }, cancellationToken: cancellationToken);
                return (billed.Invoices, billed.NextPageToken);
            case "inventory.product":
                var catalog = await products.ListProductsAsync(new ListProductsRequest { PageSize = Size, PageToken = part.PageToken }, cancellationToken: cancellationToken);
                return (catalog.Products, catalog.NextPageToken);
            default:
                var own = await records.ListRecordsAsync(new ListRecordsRequest { Object = part.Plural, PageSize = Size, PageToken = part.PageToken }, cancellationToken: cancellationToken);
                return (own.Records, own.NextPageToken);
        }
    }
}
