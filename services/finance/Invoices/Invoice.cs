using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Finance.CreditNotes;
using Platform.Finance.Documents;
using Platform.Finance.Settings;
using Platform.Monetary;
using Platform.Monetary.Rates;

namespace Platform.Finance.Invoices;

internal sealed class Invoice : ProtectedEntity, IProtected<Invoice>, IReported
{
    public static ProtectedResource<Invoice> Resource { get; } = new("finance.invoice", InvoiceFields.Schema);

    public string? Number { get; private set; }

    public V1.InvoiceStatus Status { get; private set; } = V1.InvoiceStatus.Draft;

    public string SourceType { get; private init; } = "";

    public string SourceId { get; private init; } = "";

    public V1.Party? Seller { get; private set; }

    public V1.Party Buyer { get; private set; } = new();

    public Guid? BuyerCompanyId { get; private set; }

    public Guid? BuyerPersonId { get; private set; }

    public string Currency { get; private init; } = "";

    public V1.TaxRounding TaxRounding { get; private init; }

    public List<DocumentLine> Lines { get; private set; } = [];

    public List<TaxSubtotal> TaxSubtotals { get; private set; } = [];

    public decimal NetTotal { get; private set; }

    public decimal TaxTotal { get; private set; }

    public decimal Total { get; private set; }

    public decimal AmountDue { get; private set; }

    public DateOnly? IssueDate { get; private set; }

    public DateOnly? DueDate { get; private set; }

    public Guid? CreditNoteId { get; private set; }

    public DateTimeOffset? IssueTime { get; private set; }

    public Struct CustomFields { get; private set; } = new();

    public string ReportingCurrency { get; private set; } = "";

    /// <summary>What one unit of the invoice's currency is worth in the company's; null where no rate is known.</summary>
    public decimal? ReportingRate { get; private set; }

    bool IReported.IsSettled => Number is not null;

    public DateOnly BusinessDate => IssueDate ?? DateOnly.FromDateTime(CreateTime.UtcDateTime);

    public bool IsDraft => Status == V1.InvoiceStatus.Draft;

    public static Invoice Create(V1.Invoice message, V1.TaxRounding usualRounding, DateTimeOffset now)
    {
        var invoice = new Invoice
        {
            CreateTime = now,
            SourceType = message.SourceType,
            SourceId = message.SourceId,
            Currency = message.Currency,
            TaxRounding = message.TaxRounding == V1.TaxRounding.Unspecified ? usualRounding : message.TaxRounding,
        };
        invoice.Revise(message, now);
        return invoice;
    }

    public override ProtectedResource AccessResource() => Resource;

    public void Revise(V1.Invoice message, DateTimeOffset now)
    {
        Buyer = message.Buyer;
        BuyerCompanyId = message.BuyerCompanyId.ToIdOrNull();
        BuyerPersonId = message.BuyerPersonId.ToIdOrNull();
        DueDate = message.DueDate.ToDateOrNull();
        CustomFields = message.CustomFields ?? new Struct();
        Lines = [.. message.Lines.Select((line, index) => DocumentLine.Create(line, index + 1, TaxRounding))];
        var totals = Totals.Of(Lines, Currency);
        TaxSubtotals = [.. totals.Subtotals];
        (NetTotal, TaxTotal, Total, AmountDue) = (totals.Net, totals.Tax, totals.Gross, totals.Gross);
        UpdateTime = now;
    }

    /// <summary>What is missing for a document that cannot be changed any more; null where it may be issued.</summary>
    public Error? CheckIssue(FinanceSettings settings, DateOnly today)
    {
        if (!settings.HasLegalEntity)
            return InvoiceErrors.SellerUnknown;
        if (Lines.Count == 0)
            return InvoiceErrors.WithoutLines;
        return DueDate < today ? InvoiceErrors.DueDatePassed : null;
    }

    public void Issue(DocumentNumber number, FinanceSettings settings, DateTimeOffset now)
    {
        Number = number.Text;
        Status = V1.InvoiceStatus.Issued;
        Seller = settings.LegalEntity.Clone();
        IssueDate = number.Date;
        DueDate ??= number.Date.AddDays(settings.PaymentDays);
        // By way of UpdateTime, which has PostgreSQL's precision.
        UpdateTime = now;
        IssueTime = UpdateTime;
    }

    public void CloseBy(CreditNote creditNote, DateTimeOffset now)
    {
        Status = V1.InvoiceStatus.Credited;
        CreditNoteId = creditNote.Id;
        AmountDue = Total - creditNote.Total;
        UpdateTime = now;
    }

    public void Report(string companyCurrency, decimal? rate) => (ReportingCurrency, ReportingRate) = (companyCurrency, rate);

    public V1.Invoice ToMessage()
    {
        var message = new V1.Invoice
        {
            Id = Id.ToString(),
            Etag = Etag,
            Number = Number ?? "",
            Status = Status,
            SourceType = SourceType,
            SourceId = SourceId,
            Seller = Seller,
            Buyer = Buyer,
            BuyerCompanyId = BuyerCompanyId.ToIdText(),
            BuyerPersonId = BuyerPersonId.ToIdText(),
            Currency = Currency,
            NetTotal = NetTotal.ToMoney(Currency),
            TaxTotal = TaxTotal.ToMoney(Currency),
            Total = Total.ToMoney(Currency),
            AmountDue = AmountDue.ToMoney(Currency),
            IssueDate = IssueDate.ToDateText(),
            DueDate = DueDate.ToDateText(),
            TaxRounding = TaxRounding,
            CreditNoteId = CreditNoteId.ToIdText(),
            IssueTime = IssueTime.ToTimestampOrNull(),
            CreateTime = CreateTime.ToTimestamp(),
            UpdateTime = UpdateTime.ToTimestamp(),
            OwnerId = OwnerId.ToIdText(),
            CustomFields = CustomFields,
            ReportingTotal = Total.ToReporting(ReportingCurrency, ReportingRate),
            ReportingRate = ReportingRate.ToRateText(),
        };
        message.Lines.AddRange(Lines.Select(line => line.ToMessage(Currency)));
        message.TaxSubtotals.AddRange(TaxSubtotals.Select(subtotal => subtotal.ToMessage(Currency)));
        return message;
    }
}
