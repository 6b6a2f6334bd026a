using Platform.Data;
using Platform.Errors;

namespace Platform.Finance.Invoices;

internal static class InvoiceErrors
{
    public static readonly Error Issued = Error.Precondition("INVOICE_ISSUED", "This invoice is issued and cannot be changed any more: correct it by a credit note.");

    public static readonly Error NotIssued = Error.Precondition("INVOICE_NOT_ISSUED", "A draft has nothing to credit: change or delete it.");

    public static readonly Error WithoutLines = Error.Precondition("INVOICE_WITHOUT_LINES", "Add at least one line before the invoice is issued.");

    public static readonly Error DueDatePassed = Error.Precondition("DUE_DATE_PASSED", "The due date is past: change it, or leave it out for the usual days of payment.");

    public static readonly Error SellerUnknown = Error.Precondition("SELLER_UNKNOWN", "Enter your company's name and address in the finance settings before the first invoice is issued.");

    public static readonly Error CurrencyFixed = Error.Invalid("invoice.currency", "The currency of an invoice is fixed when it is made.");

    public static readonly UniqueViolation SourceTaken =
        new(InvoiceConfiguration.UniqueSource, Error.AlreadyExists("INVOICE_EXISTS", "There is an invoice of this source already."));

    public static Error NotFound(string id) => Error.NotFound("invoice", id);
}
