using Platform.Filtering;

namespace Platform.Finance.Invoices;

/// <summary>What invoices may be filtered and sorted by.</summary>
internal static class InvoiceFields
{
    public static FilterSchema<Invoice> Schema { get; } = FilterSchema.Of<Invoice>(fields => fields
        .Id("id", invoice => invoice.Id)
        .Text("number", invoice => invoice.Number, sortable: true)
        .Choice("status", invoice => invoice.Status)
        .Text("source_type", invoice => invoice.SourceType)
        .Text("source_id", invoice => invoice.SourceId)
        .Id("buyer_company_id", invoice => invoice.BuyerCompanyId)
        .Id("buyer_person_id", invoice => invoice.BuyerPersonId)
        .Text("currency", invoice => invoice.Currency)
        .Choice("tax_rounding", invoice => invoice.TaxRounding)
        .Money("net_total", invoice => invoice.NetTotal, invoice => invoice.Currency, sortable: true, rate: invoice => invoice.ReportingRate)
        .Money("tax_total", invoice => invoice.TaxTotal, invoice => invoice.Currency, sortable: true, rate: invoice => invoice.ReportingRate)
        .Money("total", invoice => invoice.Total, invoice => invoice.Currency, sortable: true, rate: invoice => invoice.ReportingRate)
        .Money("amount_due", invoice => invoice.AmountDue, invoice => invoice.Currency, sortable: true, rate: invoice => invoice.ReportingRate)
        .Date("issue_date", invoice => invoice.IssueDate, sortable: true)
        .Date("due_date", invoice => invoice.DueDate, sortable: true)
        .Id("credit_note_id", invoice => invoice.CreditNoteId)
        .Instant("issue_time", invoice => invoice.IssueTime, sortable: true)
        .Custom("custom_fields", invoice => invoice.CustomFields, "finance.invoice")
        .Id("owner_id", invoice => invoice.OwnerId)
        .Instant("create_time", invoice => invoice.CreateTime, sortable: true)
        .Instant("update_time", invoice => invoice.UpdateTime, sortable: true));
}
