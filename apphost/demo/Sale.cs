using Platform.Common.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;

namespace Platform.Demo;

/// <summary>One customer and one deal.</summary>
internal sealed class Sale(Api api, Narrator narrator)
{
    public string Email { get; private set; } = "";

    public ConvertLeadResponse Conversion { get; private set; } = new() { Lead = new Lead() };

    public Deal Deal { get; private set; } = new();

    public async Task<string> ConvertLeadAsync(string email, string company)
    {
        Email = email;
        var lead = await api.PostAsync<Lead>("/api/v1/contacts/leads", new Lead
        {
            FirstName = "Lena",
            LastName = "Hoffmann",
            Email = email,
            CompanyName = company,
            JobTitle = "Head of Purchasing",
            Source = "trade-fair",
        });
        narrator.Detail($"lead    [blue]{lead.Id}[/]");
        Conversion = await api.PostAsync<ConvertLeadResponse>($"/api/v1/contacts/leads/{lead.Id}:convert");
        narrator.Detail($"person  [blue]{Conversion.PersonId}[/]");
        narrator.Detail($"company [blue]{Conversion.CompanyId}[/]");
        return $"{company} is a customer now";
    }

    public async Task<string> CreateDealAsync()
    {
        Deal = await api.PostAsync<Deal>("/api/v1/deals", new Deal
        {
            Name = "Route planning, first year",
            CompanyId = Conversion.CompanyId,
            PersonId = Conversion.PersonId,
            Currency = "EUR",
            Probability = 60,
            LineItems =
            {
                Line("LIC-RP", "Route planning licence", "12", "100.07", "19"),
                Line("SRV-ON", "On-site introduction", "1.5", "200", "19"),
            },
        });
        narrator.Detail($"deal    [blue]{Deal.Id}[/]");
        return $"{Deal.Amount.Amount} {Deal.Amount.Currency}, expected {Deal.ExpectedRevenue.Amount}";
    }

    public async Task<string> WinAsync()
    {
        Deal = await api.PostAsync<Deal>($"/api/v1/deals/{Deal.Id}:win");
        return Deal.Status == DealStatus.Won ? "DealWon is on its way" : throw new DemoFailedException($"The deal is {Deal.Status}.");
    }

    public async Task<Invoice> InvoiceAsync(Api reader)
    {
        var list = await reader.GetAsync<ListInvoicesResponse>($"/api/v1/finance/invoices?sourceType=deal&sourceId={Deal.Id}");
        return list.Invoices.SingleOrDefault() ?? throw new DemoFailedException("There is no invoice of the deal.");
    }

    private static LineItem Line(string code, string description, string quantity, string price, string rate) => new()
    {
        ProductCode = code,
        Description = description,
        Quantity = quantity,
        UnitPrice = new Money { Currency = "EUR", Amount = price },
        TaxCategory = "S",
        TaxRate = rate,
    };
}
