using Platform.Automation.V1;
using Platform.Common.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Demo;
using Platform.Finance.V1;
using Platform.Testing;

namespace EndToEnd.Tests;

/// <summary>What the tests do as a salesperson.</summary>
internal sealed class Customer(Api api, string email)
{
    public string Email => email;

    public Deal Deal { get; private set; } = new();

    /// <summary>A company, a person and a deal ready to be won.</summary>
    public static async Task<Customer> WithDealAsync(Api api)
    {
        var customer = new Customer(api, $"buyer-{Guid.NewGuid():N}@customer.example");
        var company = await api.PostAsync<Company>("/api/v1/contacts/companies", new Company { Name = $"Customer {Guid.NewGuid():N}" });
        var person = await api.PostAsync<Person>("/api/v1/contacts/people", new Person { LastName = "Buyer", Email = customer.Email, CompanyId = company.Id });
        customer.Deal = await api.PostAsync<Deal>("/api/v1/deals", new Deal
        {
            Name = "End to end",
            CompanyId = company.Id,
            PersonId = person.Id,
            Currency = "EUR",
            LineItems = { new LineItem { Description = "Item", Quantity = "3", UnitPrice = new Money { Currency = "EUR", Amount = "19.99" }, TaxCategory = "S", TaxRate = "19" } },
        });
        return customer;
    }

    public Task WinAsync() => api.PostAsync<Deal>($"/api/v1/deals/{Deal.Id}:win");

    /// <summary>Waits until the process of the deal has ended.</summary>
    public async Task<Process> EndedAsync(TimeSpan timeout)
    {
        Process? process = null;
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                process = (await api.GetAsync<ListProcessesResponse>($"/api/v1/automation/processes?subjectType=deal&subjectId={Deal.Id}")).Processes.SingleOrDefault();
            }
            catch (Exception exception) when (exception is DemoFailedException or HttpRequestException)
            {
                // A part that was killed on purpose is still on its way back: ask again until the deadline.
                return false;
            }

            return process is not null && process.Status != ProcessStatus.Running;
        }, timeout);
        return process!;
    }

    public async Task<IReadOnlyList<Invoice>> InvoicesAsync() => (await api.GetAsync<ListInvoicesResponse>($"/api/v1/finance/invoices?sourceType=deal&sourceId={Deal.Id}")).Invoices;
}
