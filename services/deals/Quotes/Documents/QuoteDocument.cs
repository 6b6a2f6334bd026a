using Platform.Data;
using Platform.Deals.V1;
using Platform.Languages;
using static Platform.Languages.DocumentWords;

namespace Platform.Deals.Quotes.Documents;

/// <summary>The quote as a PDF, in its own language.</summary>
internal static class QuoteDocument
{
    private const double QuantityRight = 318;
    private const double PriceRight = 408;
    private const double TaxRight = 450;
    private const double DescriptionWidth = 205;
    private const double SumsLeft = 330;
    private const double Small = 8;

    public static byte[] Write(LinkedQuote quote)
    {
        var words = Of(quote.Language);
        var title = $"{words.Title} {(quote.Number.Length == 0 ? words.Draft : quote.Number)}";
        using var sheet = new Sheet(title, quote.Seller?.Name ?? "");
        Head(sheet, quote, words, title);
        Parties(sheet, quote, words);
        if (quote.Introduction.Length > 0)
        {
            sheet.Paragraph(quote.Introduction);
            sheet.Y -= 10;
        }

        Lines(sheet, quote, words);
        Sums(sheet, quote, words);
        if (quote.Terms.Length > 0)
        {
            sheet.Y -= 14;
            sheet.Need(40);
            sheet.Paragraph(words.Terms, 10, Typeface.Bold);
            sheet.Paragraph(quote.Terms);
        }

        var hash = quote.ContentHash.Length == 0 ? "" : $"SHA-256 {quote.ContentHash}";
        return sheet.Finish((page, pages) => (hash, $"{title} · {Say(words.Page, page, pages)}"));
    }

    private static void Head(Sheet sheet, LinkedQuote quote, DocumentWords words, string title)
    {
        sheet.Paragraph(quote.Revision > 1 ? $"{title}, {Say(words.Revision, quote.Revision)}" : title, 18, Typeface.Bold);
        if (quote.Name.Length > 0)
            sheet.Paragraph(quote.Name, 11);
        var until = words.Date(quote.ExpireDate.ToDateOrNull()!.Value);
        var sent = quote.SendTime is { } time ? $"{words.Sent}: {words.Date(Days.Of(time.ToDateTimeOffset(), quote.TimeZone))} · " : "";
        sheet.Paragraph($"{sent}{words.ValidUntil}: {until}", soft: true);
        sheet.Y -= 12;
    }

    private static void Parties(Sheet sheet, LinkedQuote quote, DocumentWords words)
    {
        var top = sheet.Y;
        var half = ((Sheet.Right - Sheet.Left) / 2) - 10;
        var bottom = top;
        foreach (var (title, party, left) in new[] { (words.From, quote.Seller, Sheet.Left), (words.For, quote.Buyer, Sheet.Left + half + 20) })
        {
            if (party is null)
                continue;
            sheet.Y = top;
            sheet.Paragraph(title, Small, left: left, width: half, soft: true);
            sheet.Paragraph(party.Name, 10, Typeface.Bold, left, half);
            foreach (var line in AddressOf(party, words))
                sheet.Paragraph(line, left: left, width: half);
            bottom = Math.Min(bottom, sheet.Y);
        }

        sheet.Y = bottom - 14;
    }

    private static IEnumerable<string> AddressOf(QuoteParty party, DocumentWords words)
    {
        var address = party.Address is { } known ? (string[])[.. known.Lines, $"{known.PostalCode} {known.City}".Trim(), known.Region, known.Country] : [];
        return address.Append(party.TaxNumber.Length > 0 ? $"{words.TaxNumber} {party.TaxNumber}" : "").Where(line => line.Length > 0);
    }

    private static void Lines(Sheet sheet, LinkedQuote quote, DocumentWords words)
    {
        void Heading()
        {
            sheet.Text(words.Item, Sheet.Left, Small, soft: true);
            sheet.Text(words.Quantity, QuantityRight, Small, alignRight: true, soft: true);
            sheet.Text(words.Price, PriceRight, Small, alignRight: true, soft: true);
            sheet.Text(words.Tax, TaxRight, Small, alignRight: true, soft: true);
            sheet.Text(words.Amount, Sheet.Right, Small, alignRight: true, soft: true);
            sheet.Y -= 14;
        }

        Heading();
        sheet.PageBegins = Heading;
        foreach (var line in quote.LineItems)
            Line(sheet, line, words);
        sheet.PageBegins = null;
    }

    private static void Line(Sheet sheet, LineItem line, DocumentWords words)
    {
        var text = line.ProductCode.Length == 0 ? line.Description : $"{line.ProductCode} · {line.Description}";
        var rows = Sheet.Wrap(text, DescriptionWidth, 9.5, Typeface.Regular).Count + Notes(line, words).Count();
        sheet.Need(Math.Min(rows, 20) * 13.3);
        sheet.Rule();
        sheet.Y -= 4;
        sheet.Text(words.Number(line.Quantity), QuantityRight, alignRight: true);
        sheet.Text(words.Money(line.UnitPrice), PriceRight, Small, alignRight: true);
        sheet.Text($"{words.Number(line.TaxRate)} %", TaxRight, Small, alignRight: true);
        sheet.Text(words.Money(line.Total), Sheet.Right, alignRight: true);
        sheet.Paragraph(text, width: DescriptionWidth);
        foreach (var note in Notes(line, words))
            sheet.Paragraph(note, Small, width: DescriptionWidth + 60, soft: true);
        sheet.Y -= 4;
    }

    private static IEnumerable<string> Notes(LineItem line, DocumentWords words)
    {
        if (line.DiscountAmount is not null)
            yield return Say(words.Less, words.Money(line.DiscountAmount));
        else if (line.DiscountPercent.Length > 0 && line.DiscountPercent != "0")
            yield return Say(words.Less, $"{words.Number(line.DiscountPercent)} %");
        if (line.Recurrence is V1.Recurrence.Monthly or V1.Recurrence.Yearly)
            yield return Say(line.Recurrence == V1.Recurrence.Monthly ? words.Monthly : words.Yearly, line.Term, words.Money(line.Net));
    }

    private static void Sums(Sheet sheet, LinkedQuote quote, DocumentWords words)
    {
        sheet.Need(110);
        sheet.Rule(weight: 1);
        sheet.Y -= 8;
        Sum(sheet, words.Net, words.Money(quote.NetTotal));
        foreach (var tax in quote.TaxSubtotals)
            Sum(sheet, $"{words.Tax} {words.Number(tax.Rate)} %", words.Money(tax.Tax));
        sheet.Y -= 2;
        Sum(sheet, words.Total, words.Money(quote.Total), 12, Typeface.Bold);
        if (!quote.LineItems.Any(line => line.Recurrence is V1.Recurrence.Monthly or V1.Recurrence.Yearly))
            return;
        sheet.Y -= 6;
        Sum(sheet, words.OneOff, words.Money(quote.OneOffAmount), Small);
        Sum(sheet, words.EachMonth, words.Money(quote.MonthlyRecurring), Small);
        Sum(sheet, words.EachYear, words.Money(quote.YearlyRecurring), Small);
    }

    private static void Sum(Sheet sheet, string term, string value, double size = 9.5, Typeface? typeface = null)
    {
        sheet.Need(size * 1.5);
        sheet.Text(term, SumsLeft, size, typeface);
        sheet.Text(value, Sheet.Right, size, typeface, alignRight: true);
        sheet.Y -= size * 1.5;
    }
}
