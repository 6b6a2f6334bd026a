using Platform.Filtering;

namespace Platform.Finance.Invoices;

/// <summary>What expressions may say of invoices.</summary>
internal static class InvoiceFilter
{
    public static FilterSchema<Invoice> Schema { get; } = FilterSchema.Of<Invoice>(fields => fields
        .Id("id", invoice => invoice.Id)
        .Text("number", invoice => invoice.Number)
        .Choice<V1.InvoiceStatus>("status", invoice => invoice.Status)
        .Text("source_type", invoice => invoice.SourceType)
        .Text("source_id", invoice => invoice.SourceId)
        .Id("buyer_company_id", invoice => invoice.BuyerCompanyId)
        .Id("buyer_person_id", invoice => invoice.BuyerPersonId)
        .Text("currency", invoice => invoice.Currency)
        .Money("net_total", invoice => invoice.NetTotal, invoice => invoice.Currency)
        .Money("total", invoice => invoice.Total, invoice => invoice.Currency)
        .Money("amount_due", invoice => invoice.AmountDue, invoice => invoice.Currency)
        .Date("issue_date", invoice => invoice.IssueDate)
        .Date("due_date", invoice => invoice.DueDate)
        .Id("owner_id", invoice => invoice.OwnerId)
        .Instant("create_time", invoice => invoice.CreateTime)
        .Instant("update_time", invoice => invoice.UpdateTime));
}
