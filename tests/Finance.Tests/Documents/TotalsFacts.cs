using CsCheck;
using Platform.Common.V1;
using Platform.Finance.Documents;
using Platform.Finance.V1;
using Platform.Monetary;
using Xunit;
using DomainCreditNote = Platform.Finance.CreditNotes.CreditNote;
using DomainInvoice = Platform.Finance.Invoices.Invoice;
using DomainSettings = Platform.Finance.Settings.FinanceSettings;

namespace Finance.Tests.Documents;

public sealed class TotalsFacts
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<InvoiceLine> Lines =
        from quantity in Gen.Int[1, 10_000_000]
        from price in Gen.Int[0, 1_000_000_000]
        from discount in Gen.OneOf(0, 0, 125, 5_000, 10_000)
        from tax in Gen.OneOf(("S", "19"), ("S", "7"), ("S", "4"), ("S", "20.5"), ("Z", "0"), ("AE", "0"))
        select new InvoiceLine
        {
            Description = "Anything",
            Quantity = DecimalText.Format(quantity / 10_000m),
            UnitPrice = new Money { Currency = "EUR", Amount = DecimalText.Format(price / 1_000_000m) },
            DiscountPercent = DecimalText.Format(discount / 100m),
            TaxCategory = tax.Item1,
            TaxRate = tax.Item2,
        };

    private static readonly Gen<Invoice> Invoices =
        from lines in Lines.List[1, 30]
        from currency in Gen.OneOf("EUR", "JPY", "BHD")
        from rounding in Gen.OneOf(TaxRounding.PerDocument, TaxRounding.PerLine)
        select InvoiceOf(currency, rounding, [.. lines]);

    [Fact]
    public void Sums_are_exact() => Invoices.Sample(message =>
    {
        var invoice = Make(message);
        Assert.Equal(invoice.Lines.Sum(line => Amount(line.Net)), Amount(invoice.NetTotal));
        Assert.Equal(invoice.TaxSubtotals.Sum(group => Amount(group.Tax)), Amount(invoice.TaxTotal));
        Assert.Equal(invoice.TaxSubtotals.Sum(group => Amount(group.Taxable)), Amount(invoice.NetTotal));
        Assert.Equal(Amount(invoice.NetTotal) + Amount(invoice.TaxTotal), Amount(invoice.Total));
        Assert.Equal(invoice.Total, invoice.AmountDue);
    });

    [Fact]
    public void Every_amount_has_the_decimals_of_its_currency() => Invoices.Sample(message =>
    {
        var invoice = Make(message);
        var amounts = invoice.Lines.Select(line => line.Net).Concat(invoice.TaxSubtotals.SelectMany(group => new[] { group.Taxable, group.Tax })).Append(invoice.Total);
        Assert.All(amounts, money => Assert.True(DecimalText.DecimalsOf(Amount(money)) <= Currencies.DecimalsOf(invoice.Currency)));
    });

    [Fact]
    public void Tax_is_rounded_once_a_group_or_once_a_line() => Invoices.Sample(message =>
    {
        var invoice = Make(message);
        Assert.All(invoice.TaxSubtotals, group =>
        {
            var lines = invoice.Lines.Where(line => line.TaxCategory == group.Category && line.TaxRate == group.Rate).ToList();
            var expected = invoice.TaxRounding == TaxRounding.PerLine
                ? lines.Sum(line => Amounts.PercentOf(Amount(line.Net), decimal.Parse(line.TaxRate, System.Globalization.CultureInfo.InvariantCulture), invoice.Currency))
                : Amounts.PercentOf(Amount(group.Taxable), decimal.Parse(group.Rate, System.Globalization.CultureInfo.InvariantCulture), invoice.Currency);
            Assert.Equal(expected, Amount(group.Tax));
        });
        Assert.All(invoice.Lines, line => Assert.Equal(invoice.TaxRounding == TaxRounding.PerLine, line.Tax is not null));
    });

    [Fact]
    public void The_two_roundings_differ_by_less_than_half_a_unit_a_line() => Invoices.Sample(message =>
    {
        var perDocument = Make(new Invoice(message) { TaxRounding = TaxRounding.PerDocument });
        var perLine = Make(new Invoice(message) { TaxRounding = TaxRounding.PerLine });
        var unit = 1m;
        for (var i = 0; i < Currencies.DecimalsOf(message.Currency); i++)
            unit /= 10;
        Assert.Equal(perDocument.NetTotal, perLine.NetTotal);
        Assert.True(Math.Abs(Amount(perDocument.TaxTotal) - Amount(perLine.TaxTotal)) <= unit * (message.Lines.Count + perDocument.TaxSubtotals.Count) / 2);
    });

    [Fact]
    public void A_credit_note_takes_back_the_invoice_to_the_last_unit() => Invoices.Sample(message =>
    {
        var settings = DomainSettings.CreateDefault(Guid.CreateVersion7(), Now);
        var invoice = DomainInvoice.Create(message, TaxRounding.PerDocument, Now);
        invoice.Issue(new DocumentNumber("INV-2026-000001", new DateOnly(2026, 11, 23)), settings, Now);
        var note = DomainCreditNote.For(invoice, new DocumentNumber("CN-2026-000001", new DateOnly(2026, 11, 24)), "Returned", new Google.Protobuf.WellKnownTypes.Struct(), Now);
        var (original, mirror) = (invoice.ToMessage(), note.ToMessage());
        Assert.Equal(invoice.TaxRounding, note.TaxRounding);
        Assert.Equal((original.Currency, original.NetTotal, original.TaxTotal, original.Total), (mirror.Currency, mirror.NetTotal, mirror.TaxTotal, mirror.Total));
        Assert.Equal(original.Lines, mirror.Lines);
        Assert.Equal(original.TaxSubtotals, mirror.TaxSubtotals);
        invoice.CloseBy(note, Now);
        Assert.Equal(0, Amount(invoice.ToMessage().AmountDue));
    });

    // Currency, rounding, lines as quantity × price @ rate; then net, tax and total.
    [Theory]
    [InlineData("EUR", TaxRounding.PerDocument, "1 × 2.99 @ 4", "2.99", "0.12", "3.11")]
    [InlineData("EUR", TaxRounding.PerDocument, "1 × 2.875 @ 4", "2.88", "0.12", "3.00")]
    [InlineData("EUR", TaxRounding.PerDocument, "1 × 0.1 @ 4; 1 × 0.1 @ 4; 1 × 0.1 @ 4", "0.30", "0.01", "0.31")]
    [InlineData("EUR", TaxRounding.PerLine, "1 × 0.1 @ 4; 1 × 0.1 @ 4; 1 × 0.1 @ 4", "0.30", "0.00", "0.30")]
    [InlineData("EUR", TaxRounding.PerDocument, "1 × 0.13 @ 4; 1 × 0.13 @ 4; 1 × 0.13 @ 4", "0.39", "0.02", "0.41")]
    [InlineData("EUR", TaxRounding.PerLine, "1 × 0.13 @ 4; 1 × 0.13 @ 4; 1 × 0.13 @ 4", "0.39", "0.03", "0.42")]
    [InlineData("EUR", TaxRounding.PerDocument, "3 × 0.005 @ 19; 1 × 0.005 @ 19", "0.03", "0.01", "0.04")]
    [InlineData("EUR", TaxRounding.PerDocument, "1 × 100 @ 19; 1 × 50 @ 7", "150.00", "22.50", "172.50")]
    [InlineData("JPY", TaxRounding.PerDocument, "3 × 33.5 @ 10", "101", "10", "111")]
    [InlineData("JPY", TaxRounding.PerLine, "1 × 105 @ 10; 1 × 105 @ 10", "210", "22", "232")]
    [InlineData("JPY", TaxRounding.PerDocument, "1 × 105 @ 10; 1 × 105 @ 10", "210", "21", "231")]
    [InlineData("BHD", TaxRounding.PerDocument, "1 × 1.2345 @ 10", "1.235", "0.124", "1.359")]
    public void Golden_cases(string currency, TaxRounding rounding, string lines, string net, string tax, string total)
    {
        var invoice = Make(InvoiceOf(currency, rounding, [.. lines.Split("; ").Select(Parse)]));
        Assert.Equal((net, tax, total), (invoice.NetTotal.Amount, invoice.TaxTotal.Amount, invoice.Total.Amount));
    }

    private static Invoice Make(Invoice message) => DomainInvoice.Create(message, TaxRounding.PerDocument, Now).ToMessage();

    private static Invoice InvoiceOf(string currency, TaxRounding rounding, List<InvoiceLine> lines)
    {
        foreach (var line in lines)
            line.UnitPrice.Currency = currency;
        return new Invoice { Currency = currency, TaxRounding = rounding, Buyer = new Party { Name = "Buyer" }, Lines = { lines } };
    }

    private static InvoiceLine Parse(string text)
    {
        var parts = text.Split([" × ", " @ "], StringSplitOptions.None);
        return Samples.Line(parts[0], parts[1], parts[2]);
    }

    private static decimal Amount(Money money) => money.ToDecimal();
}
