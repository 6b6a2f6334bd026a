using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;
using Platform.Finance.Documents;
using Platform.Finance.Invoices;
using Platform.Monetary;
using Platform.Monetary.Rates;

namespace Platform.Finance.CreditNotes;

/// <summary>Takes an invoice back in full, with the invoice's own parties, currency, lines and rounding. Never changed.</summary>
internal sealed class CreditNote : ProtectedEntity, IProtected<CreditNote>
{
    public static ProtectedResource<CreditNote> Resource { get; } = new("finance.credit_note", CreditNoteFields.Schema) { Sight = (rows, db) => rows.VisibleTo((FinanceDbContext)db) };

    public string Number { get; private init; } = "";

    public Guid InvoiceId { get; private init; }

    public string InvoiceNumber { get; private init; } = "";

    public string Reason { get; private init; } = "";

    public V1.Party Seller { get; private init; } = new();

    public V1.Party Buyer { get; private init; } = new();

    public string Currency { get; private init; } = "";

    public V1.TaxRounding TaxRounding { get; private init; }

    public List<DocumentLine> Lines { get; private init; } = [];

    public List<TaxSubtotal> TaxSubtotals { get; private init; } = [];

    public decimal NetTotal { get; private init; }

    public decimal TaxTotal { get; private init; }

    public decimal Total { get; private init; }

    public DateOnly IssueDate { get; private init; }

    public string ReportingCurrency { get; private init; } = "";

    /// <summary>That of the invoice, whatever the rates are by now.</summary>
    public decimal? ReportingRate { get; private init; }

    public Struct CustomFields { get; private set; } = new();

    public static CreditNote For(Invoice invoice, DocumentNumber number, string reason, Struct customFields, DateTimeOffset now) => new()
    {
        Number = number.Text,
        InvoiceId = invoice.Id,
        InvoiceNumber = invoice.Number!,
        Reason = reason.Trim(),
        Seller = invoice.Seller!.Clone(),
        Buyer = invoice.Buyer.Clone(),
        Currency = invoice.Currency,
        TaxRounding = invoice.TaxRounding,
        Lines = [.. invoice.Lines.Select(line => line with { })],
        TaxSubtotals = [.. invoice.TaxSubtotals.Select(subtotal => subtotal with { })],
        NetTotal = invoice.NetTotal,
        TaxTotal = invoice.TaxTotal,
        Total = invoice.Total,
        IssueDate = number.Date,
        ReportingCurrency = invoice.ReportingCurrency,
        ReportingRate = invoice.ReportingRate,
        CreateTime = now,
        UpdateTime = now,
        CustomFields = customFields,
    };

    public override ProtectedResource AccessResource() => Resource;

    public V1.CreditNote ToMessage()
    {
        var message = new V1.CreditNote
        {
            Id = Id.ToString(),
            Number = Number,
            InvoiceId = InvoiceId.ToString(),
            InvoiceNumber = InvoiceNumber,
            Reason = Reason,
            Seller = Seller,
            Buyer = Buyer,
            Currency = Currency,
            NetTotal = NetTotal.ToMoney(Currency),
            TaxTotal = TaxTotal.ToMoney(Currency),
            Total = Total.ToMoney(Currency),
            IssueDate = IssueDate.ToDateText(),
            CreateTime = CreateTime.ToTimestamp(),
            ReportingTotal = Total.ToReporting(ReportingCurrency, ReportingRate),
            ReportingRate = ReportingRate.ToRateText(),
            CustomFields = CustomFields,
            OwnerId = OwnerId.ToIdText(),
        };
        message.Lines.AddRange(Lines.Select(line => line.ToMessage(Currency)));
        message.TaxSubtotals.AddRange(TaxSubtotals.Select(subtotal => subtotal.ToMessage(Currency)));
        return message;
    }
}
