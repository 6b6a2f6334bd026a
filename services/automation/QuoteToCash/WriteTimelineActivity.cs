using Dapr.Workflow;
using Platform.Automation.Processes;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;

namespace Platform.Automation.QuoteToCash;

/// <summary>Tells the outcome on the customer's timeline, once.</summary>
internal sealed class WriteTimelineActivity(StepRunner steps) : WorkflowActivity<StepInput, StepOutcome>
{
    public override Task<StepOutcome> RunAsync(WorkflowActivityContext context, StepInput input) =>
        steps.RunAsync(input.Process.Step("write-timeline", compensation: input.Reason.Length > 0), async services =>
        {
            var deal = await services.GetRequiredService<DealsService.DealsServiceClient>().GetDealAsync(new GetDealRequest { Id = input.Process.DealId.ToString() });
            var entry = await services.GetRequiredService<ActivitiesService.ActivitiesServiceClient>().CreateActivityAsync(new CreateActivityRequest
            {
                Activity = input.Reason.Length > 0 ? Undone(deal, input) : Mailed(deal, await InvoiceAsync(services, input.InvoiceId)),
            });
            return StepOutcome.Made("activity", entry.Id);
        });

    private static async Task<Invoice> InvoiceAsync(IServiceProvider services, string id) =>
        await services.GetRequiredService<InvoicesService.InvoicesServiceClient>().GetInvoiceAsync(new GetInvoiceRequest { Id = id });

    private static Activity Mailed(Deal deal, Invoice invoice) => new()
    {
        CompanyId = deal.CompanyId,
        PersonId = deal.PersonId,
        Kind = ActivityKind.Email,
        Subject = $"Invoice {invoice.Number} over {invoice.Total.Amount} {invoice.Total.Currency} sent to {invoice.Buyer.Email}",
        Body = $"For the won deal “{deal.Name}”, due {invoice.DueDate}.",
        SourceType = "invoice",
        SourceId = invoice.Id,
    };

    private static Activity Undone(Deal deal, StepInput input) => new()
    {
        CompanyId = deal.CompanyId,
        PersonId = deal.PersonId,
        Kind = ActivityKind.System,
        Subject = $"The invoice of the won deal “{deal.Name}” was taken back",
        Body = input.Reason,
        SourceType = "deal-invoice-failed",
        SourceId = deal.Id,
    };
}
