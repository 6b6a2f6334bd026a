using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Platform.Deals.V1;
using static Platform.Gateway.Pages.PageTemplate;
using static Platform.Languages.DocumentWords;

namespace Platform.Gateway.Quotes;

/// <summary>The pieces of the page of a quote, as HTML.</summary>
internal sealed class QuoteView(LinkedQuote quote, QuoteWords words)
{
    public string Heading => $"""{Encode(words.Document.Title)} <span class="number">{Encode(quote.Number)}</span>""" + (quote.Revision > 1 ? $" <small>{Encode(Say(words.Document.Revision, quote.Revision))}</small>" : "");

    public string ValidUntil => Encode(words.Document.Date(LastDay));

    public string Parties => PartyOf(words.Document.From, quote.Seller) + PartyOf(words.Document.For, quote.Buyer);

    public string Introduction => quote.Introduction.Length == 0 ? "" : $"""<p class="text">{Encode(quote.Introduction)}</p>""";

    public string Terms => quote.Terms.Length == 0 ? "" : $"""<section><h2>{Encode(words.Document.Terms)}</h2><p class="text">{Encode(quote.Terms)}</p></section>""";

    public string Lines => string.Concat(quote.LineItems.Select(LineOf));

    public string Totals
    {
        get
        {
            var rows = new StringBuilder(Row(words.Document.Net, words.Document.Money(quote.NetTotal)));
            foreach (var tax in quote.TaxSubtotals)
                rows.Append(Row($"{words.Document.Tax} {words.Document.Number(tax.Rate)} %", words.Document.Money(tax.Tax)));
            rows.Append($"""<div class="sum"><dt>{Encode(words.Document.Total)}</dt><dd>{Encode(words.Document.Money(quote.Total))}</dd></div>""");
            if (quote.LineItems.Any(line => line.Recurrence is Recurrence.Monthly or Recurrence.Yearly))
                rows.Append(Row(words.Document.OneOff, words.Document.Money(quote.OneOffAmount))).Append(Row(words.Document.EachMonth, words.Document.Money(quote.MonthlyRecurring))).Append(Row(words.Document.EachYear, words.Document.Money(quote.YearlyRecurring)));
            return rows.ToString();
        }
    }

    /// <summary>How it stands, where it cannot be answered any more.</summary>
    public string State => quote.Status switch
    {
        QuoteStatus.Accepted => Banner("yes", Say(words.Accepted, quote.SignerName, AnsweredOn)),
        QuoteStatus.Declined => Banner("no", Say(words.Declined, quote.SignerName, AnsweredOn)),
        QuoteStatus.Expired => Banner("no", Say(words.Expired, words.Document.Date(LastDay))),
        QuoteStatus.Superseded => Banner("no", words.Superseded),
        _ => "",
    };

    private string AnsweredOn => quote.AnswerTime is null ? "" : words.Document.Date(DayOf(quote.AnswerTime));

    /// <summary>Both forms; nothing where there is nothing to answer.</summary>
    public string Forms(string path, AnswerForm typed) => quote.Status != QuoteStatus.Sent ? "" : $"""
        <section class="answer"><h2>{Encode(words.Accept)}</h2><p class="dim">{Encode(words.AcceptHint)}</p>
        <form method="post" action="{path}/accept"><input type="hidden" name="contentHash" value="{Encode(quote.ContentHash)}">{LanguageField}
        <label>{Encode(words.Name)}<input name="signerName" value="{Encode(typed.SignerName)}" maxlength="200" autocomplete="name" required></label>
        <label class="tick"><input type="checkbox" name="agreed" value="true" required> <span>{Encode(words.Agree)}</span></label>
        <button class="main">{Encode(words.AcceptButton)}</button></form>
        <details{(typed.Reason.Length > 0 ? " open" : "")}><summary>{Encode(words.Decline)}</summary>
        <form method="post" action="{path}/decline">{LanguageField}<label>{Encode(words.Reason)}<textarea name="reason" rows="3" maxlength="1000" required>{Encode(typed.Reason)}</textarea></label>
        <label>{Encode(words.NameOptional)}<input name="signerName" maxlength="200" autocomplete="name"></label>
        <button>{Encode(words.DeclineButton)}</button></form></details></section>
        """;

    // What is refused is said in it too.
    private string LanguageField => $"""<input type="hidden" name="language" value="{words.Language}">""";

    private DateOnly LastDay => DateOnly.ParseExact(quote.ExpireDate, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Where the last day of the quote ends, days are counted too.
    private DateOnly DayOf(Timestamp instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), TimeZoneInfo.FindSystemTimeZoneById(quote.TimeZone.Length == 0 ? "UTC" : quote.TimeZone)).DateTime);

    private static string Banner(string kind, string text) => $"""<p class="state {kind}" role="status">{Encode(text)}</p>""";

    private static string Row(string term, string value) => $"<div><dt>{Encode(term)}</dt><dd>{Encode(value)}</dd></div>";

    private string PartyOf(string title, QuoteParty? party)
    {
        if (party is null)
            return "";
        var address = party.Address is { } known ? (string[])[.. known.Lines, $"{known.PostalCode} {known.City}".Trim(), known.Region, known.Country] : [];
        var lines = address.Append(party.TaxNumber.Length > 0 ? $"{words.Document.TaxNumber} {party.TaxNumber}" : "").Where(line => line.Length > 0).Select(line => $"<br>{Encode(line)}");
        return $"<div><h2>{Encode(title)}</h2><p><b>{Encode(party.Name)}</b>{string.Concat(lines)}</p></div>";
    }

    private string LineOf(LineItem line)
    {
        var notes = new List<string>();
        if (line.DiscountAmount is not null)
            notes.Add(Say(words.Document.Less, words.Document.Money(line.DiscountAmount)));
        else if (line.DiscountPercent.Length > 0 && line.DiscountPercent != "0")
            notes.Add(Say(words.Document.Less, $"{words.Document.Number(line.DiscountPercent)} %"));
        if (line.Recurrence is Recurrence.Monthly or Recurrence.Yearly)
            notes.Add(Say(line.Recurrence == Recurrence.Monthly ? words.Document.Monthly : words.Document.Yearly, line.Term, words.Document.Money(line.Net)));
        var small = notes.Count == 0 ? "" : $"<small>{Encode(string.Join("; ", notes))}</small>";
        var code = line.ProductCode.Length == 0 ? "" : $"""<span class="code">{Encode(line.ProductCode)}</span> """;
        return $"""
            <tr><td>{code}{Encode(line.Description)}{small}</td><td class="n" data-label="{Encode(words.Document.Quantity)}">{Encode(words.Document.Number(line.Quantity))}</td>
            <td class="n" data-label="{Encode(words.Document.Price)}">{Encode(words.Document.Money(line.UnitPrice))}</td><td class="n" data-label="{Encode(words.Document.Tax)}">{Encode(words.Document.Number(line.TaxRate))} %</td>
            <td class="n" data-label="{Encode(words.Document.Amount)}">{Encode(words.Document.Money(line.Total))}</td></tr>
            """;
    }
}
