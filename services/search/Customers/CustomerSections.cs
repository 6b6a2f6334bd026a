using Grpc.Core;
using Platform.Access;
using Platform.Access.Fields;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;
using Platform.Tenancy;
using static Platform.Search.Customers.OverviewMessages;

namespace Platform.Search.Customers;

/// <summary>
/// The sections of an overview, all at once, each asked of its domain as the caller. Totals and sums are of what the lists show, so that
/// nothing is counted or added up that the caller may not see.
/// </summary>
internal sealed class CustomerSections(
    CustomerRecords records, DealsService.DealsServiceClient deals, QuotesService.QuotesServiceClient quotes, InvoicesService.InvoicesServiceClient invoices,
    EmailsService.EmailsServiceClient emails, ActivitiesService.ActivitiesServiceClient activities, Caller caller)
{
    // What one list gives at a time: what is beyond is not counted.
    private const int Most = CustomerRecords.Most;

    // Whose messages are looked for.
    private const int MostAddresses = 50;

    /// <summary>The sections in their order.</summary>
    /// <param name="customer">Whose they are.</param>
    /// <param name="isRead">Whether more is known of the customer than its id: where it is not, nobody knows its address.</param>
    /// <param name="itemCount">How many items each has at most.</param>
    /// <param name="deadline">Who has not answered by then is left out.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<IReadOnlyList<V1.OverviewSection>> ReadAsync(Customer customer, bool isRead, int itemCount, DateTime deadline, CancellationToken cancellationToken)
    {
        var look = new Look(customer, isRead, itemCount, deadline, cancellationToken);
        var people = customer.IsCompany ? records.PeopleOfAsync(customer, deadline, cancellationToken) : null;
        IEnumerable<Task<V1.OverviewSection>> ofPeople = people is null ? [] : [AskAsync("people", PeopleAsync(look, people))];
        return await Task.WhenAll([
            .. ofPeople, AskAsync("deals", DealsAsync(look)), AskAsync("quotes", QuotesAsync(look)), AskAsync("invoices", InvoicesAsync(look)),
            AskAsync("messages", MessagesAsync(look, people)), AskAsync("tasks", TasksAsync(look))]);
    }

    private static async Task<V1.OverviewSection> AskAsync(string name, Task<V1.OverviewSection> asked)
    {
        try
        {
            var section = await asked;
            section.Name = name;
            return section;
        }
        catch (RpcException refused) when (SectionStates.Of(refused) is { } state)
        {
            return new V1.OverviewSection { Name = name, State = state };
        }
    }

    private static async Task<V1.OverviewSection> PeopleAsync(Look look, Task<CompanyPeople> asked)
    {
        var people = await asked;
        return Section(people.All, people.HasMore, look.ItemCount, person => Item("contacts.person", person.Id, person.Title, time: person.CreateTime));
    }

    private async Task<V1.OverviewSection> DealsAsync(Look look)
    {
        var listed = await deals.ListDealsAsync(new ListDealsRequest { PageSize = Most, Filter = look.Customer.Filter() }, deadline: look.Deadline, cancellationToken: look.Token);
        return Section(listed.Deals, listed.NextPageToken.Length > 0, look.ItemCount, deal => Item("deals.deal", deal.Id, deal.Name, NameOf(deal.Status), deal.Amount, deal.CreateTime))
            .Add("open", listed.Deals.Where(deal => deal.Status == DealStatus.Open).Select(deal => deal.ReportingAmount))
            .Add("won", listed.Deals.Where(deal => deal.Status == DealStatus.Won).Select(deal => deal.ReportingAmount));
    }

    private async Task<V1.OverviewSection> QuotesAsync(Look look)
    {
        var listed = await quotes.ListQuotesAsync(new ListQuotesRequest { PageSize = Most, Filter = look.Customer.Filter() }, deadline: look.Deadline, cancellationToken: look.Token);
        return Section(listed.Quotes, listed.NextPageToken.Length > 0, look.ItemCount, quote => Item("deals.quote", quote.Id, $"{quote.Number} {quote.Name}".Trim(), NameOf(quote.Status), quote.Total, quote.CreateTime));
    }

    private async Task<V1.OverviewSection> InvoicesAsync(Look look)
    {
        var listed = await invoices.ListInvoicesAsync(new ListInvoicesRequest { PageSize = Most, Filter = look.Customer.Filter("buyer_") }, deadline: look.Deadline, cancellationToken: look.Token);
        var issued = listed.Invoices.Where(invoice => invoice.Status == InvoiceStatus.Issued).ToList();
        return Section(listed.Invoices, listed.NextPageToken.Length > 0, look.ItemCount, invoice => Item("finance.invoice", invoice.Id, invoice.Number, NameOf(invoice.Status), invoice.Total, invoice.CreateTime))
            .Add("invoiced", issued.Select(invoice => invoice.ReportingTotal))
            .Add("due", issued.Select(InCompanyCurrency.DueOf).OfType<Common.V1.Money>());
    }

    // To the customer's own address, and of a company to those of its people.
    private async Task<V1.OverviewSection> MessagesAsync(Look look, Task<CompanyPeople>? asked)
    {
        if (!caller.CanRead(ResourceCatalogue.Find(look.Customer.Type)!, "email"))
            return new V1.OverviewSection { State = V1.SectionState.NotReadable };
        if (!look.IsRead && !look.Customer.IsCompany)
            return new V1.OverviewSection { State = V1.SectionState.Unavailable };
        var (people, isPartial) = await TryAsync(asked);
        isPartial |= !look.IsRead;
        string[] addresses = [.. people.Select(person => person.Email).Prepend(look.Customer.Email).Where(address => address.Length > 0).Distinct(StringComparer.Ordinal)];
        if (addresses.Length == 0)
            return Section<Email>([], isPartial, look.ItemCount, _ => new V1.OverviewItem());
        var request = new ListEmailsRequest { PageSize = Most, To = { addresses.Take(MostAddresses) } };
        var listed = await emails.ListEmailsAsync(request, deadline: look.Deadline, cancellationToken: look.Token);
        return Section(listed.Emails, isPartial || listed.NextPageToken.Length > 0 || addresses.Length > MostAddresses, look.ItemCount,
            email => Item("communications.email", email.Id, email.Subject, NameOf(email.Status), time: email.CreateTime));
    }

    private async Task<V1.OverviewSection> TasksAsync(Look look)
    {
        var request = new ListActivitiesRequest { PageSize = Most, Kinds = { ActivityKind.Task }, Filter = $"status = {NameOf(ActivityStatus.Open)}", OrderBy = "due_time" };
        (request.CompanyId, request.PersonId) = look.Customer.IsCompany ? (look.Customer.Id, "") : ("", look.Customer.Id);
        var listed = await activities.ListActivitiesAsync(request, deadline: look.Deadline, cancellationToken: look.Token);
        return Section(listed.Activities, listed.NextPageToken.Length > 0, look.ItemCount, task => Item("contacts.activity", task.Id, task.Subject, NameOf(task.Status), time: task.DueTime));
    }

    // Without the people there are fewer addresses.
    private static async Task<(IReadOnlyList<CompanyPerson> People, bool IsPartial)> TryAsync(Task<CompanyPeople>? asked)
    {
        if (asked is null)
            return ([], false);
        try
        {
            var people = await asked;
            return (people.All, people.HasMore);
        }
        catch (RpcException refused) when (SectionStates.Of(refused) is not null)
        {
            return ([], true);
        }
    }

    private sealed record Look(Customer Customer, bool IsRead, int ItemCount, DateTime Deadline, CancellationToken Token);
}
