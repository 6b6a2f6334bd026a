using Dapr.Workflow;
using Platform.Automation.Processes;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;

namespace Platform.Automation.QuoteToCash;

/// <summary>Makes the draft from the deal and the customer; finance makes one a deal.</summary>
internal sealed class CreateInvoiceActivity(StepRunner steps) : WorkflowActivity<StepInput, StepOutcome>
{
    public override Task<StepOutcome> RunAsync(WorkflowActivityContext context, StepInput input) => steps.RunAsync(input.Process.Step("create-invoice"), async services =>
    {
        var deal = await services.GetRequiredService<DealsService.DealsServiceClient>().GetDealAsync(new GetDealRequest { Id = input.Process.DealId.ToString() });
        var invoice = ToInvoice(deal);
        invoice.Buyer = await Customer.FindAsync(services, deal);
        var created = await services.GetRequiredService<InvoicesService.InvoicesServiceClient>().CreateInvoiceAsync(new CreateInvoiceRequest { Invoice = invoice });
        return StepOutcome.Made("invoice", created.Id);
    });

    private static Invoice ToInvoice(Deal deal)
    {
        var invoice = new Invoice { SourceType = "deal", SourceId = deal.Id, Currency = deal.Currency, BuyerCompanyId = deal.CompanyId, BuyerPersonId = deal.PersonId };
        invoice.Lines.AddRange(deal.LineItems.Select(ToLine));
        return invoice;
    }

    // Lines of invoices have no discount in money: such a line is invoiced as a whole, at what it comes to. Of a recurring line it is
    // the first month or year.
    private static InvoiceLine ToLine(LineItem item) => new()
    {
        ProductCode = item.ProductCode,
        Description = item.Description,
        Quantity = item.DiscountAmount is null ? item.Quantity : "1",
        Unit = item.Unit,
        UnitPrice = item.DiscountAmount is null ? item.UnitPrice : item.Net,
        DiscountPercent = item.DiscountPercent,
        TaxCategory = item.TaxCategory,
        TaxRate = item.TaxRate,
    };
}
