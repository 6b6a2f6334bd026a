using Platform.Filtering;

namespace Platform.Deals.Quotes;

/// <summary>What quotes may be filtered and sorted by.</summary>
internal static class QuoteFields
{
    public static FilterSchema<Quote> Schema { get; } = FilterSchema.Of<Quote>(fields => fields
        .Id("id", quote => quote.Id)
        .Text("number", quote => quote.Number, sortable: true)
        .Number("revision", quote => quote.Revision, sortable: true)
        .Choice("status", quote => quote.Status)
        .Id("deal_id", quote => quote.DealId)
        .Id("company_id", quote => quote.CompanyId)
        .Id("person_id", quote => quote.PersonId)
        .Id("owner_id", quote => quote.OwnerId)
        .Text("name", quote => quote.Name, sortable: true)
        .Text("currency", quote => quote.Currency)
        .Money("net_total", quote => quote.NetTotal, quote => quote.Currency, sortable: true)
        .Money("tax_total", quote => quote.TaxTotal, quote => quote.Currency, sortable: true)
        .Money("total", quote => quote.Total, quote => quote.Currency, sortable: true)
        .Date("expire_date", quote => quote.ExpireDate, sortable: true)
        .Text("language", quote => quote.Language)
        .Instant("send_time", quote => quote.SendTime, sortable: true)
        .Instant("expire_time", quote => quote.ExpireTime, sortable: true)
        .Custom("custom_fields", quote => quote.CustomFields, "deals.quote")
        .Instant("create_time", quote => quote.CreateTime, sortable: true)
        .Instant("update_time", quote => quote.UpdateTime, sortable: true));
}
