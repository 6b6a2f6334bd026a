using Platform.Filtering;

namespace Platform.Finance.CreditNotes;

/// <summary>What credit notes may be filtered and sorted by.</summary>
internal static class CreditNoteFields
{
    public static FilterSchema<CreditNote> Schema { get; } = FilterSchema.Of<CreditNote>(fields => fields
        .Id("id", note => note.Id)
        .Text("number", note => note.Number, sortable: true)
        .Id("invoice_id", note => note.InvoiceId)
        .Text("invoice_number", note => note.InvoiceNumber, sortable: true)
        .Text("reason", note => note.Reason)
        .Text("currency", note => note.Currency)
        .Money("net_total", note => note.NetTotal, note => note.Currency, sortable: true, rate: note => note.ReportingRate)
        .Money("tax_total", note => note.TaxTotal, note => note.Currency, sortable: true, rate: note => note.ReportingRate)
        .Money("total", note => note.Total, note => note.Currency, sortable: true, rate: note => note.ReportingRate)
        .Date("issue_date", note => note.IssueDate, sortable: true)
        .Instant("create_time", note => note.CreateTime, sortable: true)
        .Custom("custom_fields", note => note.CustomFields, "finance.credit_note")
        .Id("owner_id", note => note.OwnerId));
}
