using FluentValidation;
using Platform.Finance.CreditNotes;
using Platform.Finance.Invoices;
using Platform.Finance.Settings;

namespace Platform.Finance;

internal static class FinanceSetup
{
    public static IServiceCollection AddFinance(this IServiceCollection services) => services
        .AddSingleton<IValidator<V1.CreateInvoiceRequest>, CreateInvoice.Validator>()
        .AddSingleton<IValidator<V1.UpdateInvoiceRequest>, UpdateInvoice.Validator>()
        .AddSingleton<IValidator<V1.ListInvoicesRequest>, ListInvoices.Validator>()
        .AddSingleton<IValidator<V1.CreateCreditNoteRequest>, CreateCreditNote.Validator>()
        .AddSingleton<IValidator<V1.ListCreditNotesRequest>, ListCreditNotes.Validator>()
        .AddSingleton<IValidator<V1.UpdateFinanceSettingsRequest>, UpdateFinanceSettings.Validator>();
}
