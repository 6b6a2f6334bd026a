using Dapr.Workflow;
using Grpc.Core;
using Platform.Automation.Processes;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Finance.V1;

namespace Platform.Automation.QuoteToCash;

/// <summary>Hands the e-mail over; one a try, however often the activity runs. The step ends when the e-mail does.</summary>
internal sealed class SendInvoiceActivity(StepRunner steps) : WorkflowActivity<StepInput, StepOutcome>
{
    public override Task<StepOutcome> RunAsync(WorkflowActivityContext context, StepInput input) =>
        steps.RunAsync(input.Process.EmailStep(input.Attempt), async services =>
        {
            var invoice = await services.GetRequiredService<InvoicesService.InvoicesServiceClient>().GetInvoiceAsync(new GetInvoiceRequest { Id = input.InvoiceId });
            if (invoice.Buyer is not { Email.Length: > 0 } buyer)
                return StepOutcome.Refused("CUSTOMER_WITHOUT_EMAIL: the customer has no e-mail address.");
            var email = await services.GetRequiredService<EmailsService.EmailsServiceClient>().SendEmailAsync(new SendEmailRequest
            {
                To = buyer.Email,
                ToName = buyer.Name,
                Template = "invoice-issued",
                Language = await LanguageAsync(services, invoice.BuyerPersonId),
                Model = InvoiceModel.Of(invoice),
                SourceType = QuoteToCashInput.ProcessType,
                SourceId = $"{input.Process.DealId}:{input.Attempt}",
            });
            return StepOutcome.Begun("email", email.Id);
        });

    private static async Task<string> LanguageAsync(IServiceProvider services, string personId)
    {
        if (personId.Length == 0)
            return "";
        try
        {
            return (await services.GetRequiredService<PeopleService.PeopleServiceClient>().GetPersonAsync(new GetPersonRequest { Id = personId })).Language;
        }
        catch (RpcException gone) when (StepRunner.IsFinal(gone))
        {
            // The invoice stands without the person; the template has a language of its own to fall back to.
            return "";
        }
    }
}
