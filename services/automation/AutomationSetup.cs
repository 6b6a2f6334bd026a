using Dapr.Workflow;
using FluentValidation;
using Platform.Automation.Processes;
using Platform.Automation.QuoteToCash;
using Platform.Automation.Signups;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;
using Platform.Invocation;
using Platform.Languages;

namespace Platform.Automation;

internal static class AutomationSetup
{
    public static IServiceCollection AddAutomation(this IServiceCollection services, IConfiguration configuration) => services
        .AddWording(typeof(AutomationSetup).Assembly)
        .Configure<SagaOptions>(configuration.GetSection("Saga"))
        .AddSingleton<IValidator<V1.ListProcessesRequest>, ListProcesses.Validator>()
        .AddSingleton<StepRunner>()
        .AddSingleton<SagaInstances>()
        .AddSignups()
        .AddServiceClient(DaprNames.Contacts, invoker => new CompaniesService.CompaniesServiceClient(invoker))
        .AddServiceClient(DaprNames.Contacts, invoker => new PeopleService.PeopleServiceClient(invoker))
        .AddServiceClient(DaprNames.Contacts, invoker => new ActivitiesService.ActivitiesServiceClient(invoker))
        .AddServiceClient(DaprNames.Deals, invoker => new DealsService.DealsServiceClient(invoker))
        .AddServiceClient(DaprNames.Finance, invoker => new InvoicesService.InvoicesServiceClient(invoker))
        .AddServiceClient(DaprNames.Finance, invoker => new CreditNotesService.CreditNotesServiceClient(invoker))
        .AddServiceClient(DaprNames.Communications, invoker => new EmailsService.EmailsServiceClient(invoker))
        .AddDaprWorkflow(options =>
        {
            options.RegisterWorkflow<QuoteToCashWorkflow>();
            options.RegisterActivity<CreateInvoiceActivity>();
            options.RegisterActivity<IssueInvoiceActivity>();
            options.RegisterActivity<SendInvoiceActivity>();
            options.RegisterActivity<CheckEmailActivity>();
            options.RegisterActivity<WriteTimelineActivity>();
            options.RegisterActivity<CreditInvoiceActivity>();
            options.RegisterActivity<DiscardDraftActivity>();
            options.RegisterActivity<FlagDealActivity>();
            options.RegisterActivity<EndProcessActivity>();
            options.RegisterSignups();
        })
        .Services;
}
