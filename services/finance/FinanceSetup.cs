using FluentValidation;
using Platform.Access;
using Platform.Finance.CreditNotes;
using Platform.Finance.Invoices;
using Platform.Finance.Settings;
using Platform.Invocation;
using Platform.Languages;
using Platform.Monetary.Rates;
using Platform.Tenants.V1;

namespace Platform.Finance;

internal static class FinanceSetup
{
    public static IServiceCollection AddFinance(this IServiceCollection services) => services
        .AddWording(typeof(FinanceSetup).Assembly)
        .AddServiceClient(DaprNames.Tenants, invoker => new TenantsService.TenantsServiceClient(invoker))
        .AddScoped<Companies>()
        .AddReporting(InvoiceConfiguration.Reported)
        .AddProtectedResources(Invoice.Resource, CreditNote.Resource)
        .AddSingleton<IValidator<V1.CreateInvoiceRequest>, CreateInvoice.Validator>()
        .AddSingleton<IValidator<V1.UpdateInvoiceRequest>, UpdateInvoice.Validator>()
        .AddSingleton<IValidator<V1.PatchInvoiceRequest>, PatchInvoice.Validator>()
        .AddSingleton<IValidator<V1.ListInvoicesRequest>, ListInvoices.Validator>()
        .AddSingleton<IValidator<V1.ExportInvoicesRequest>, ExportInvoices.Validator>()
        .AddSingleton<IValidator<V1.CreateCreditNoteRequest>, CreateCreditNote.Validator>()
        .AddSingleton<IValidator<V1.ListCreditNotesRequest>, ListCreditNotes.Validator>()
        .AddSingleton<IValidator<V1.UpdateFinanceSettingsRequest>, UpdateFinanceSettings.Validator>();
}
