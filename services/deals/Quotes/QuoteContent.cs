using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Deals.Lines;
using Platform.Monetary;

namespace Platform.Deals.Quotes;

/// <summary>A quote as the customer sees it, and the hash of that.</summary>
internal static class QuoteContent
{
    /// <summary>All that was offered, and nothing of what became of it.</summary>
    public static V1.LinkedQuote Of(Quote quote)
    {
        var (currency, recurring) = (quote.Currency, RecurringTotals.Of(quote.LineItems, quote.Currency));
        var content = new V1.LinkedQuote
        {
            Number = quote.Number ?? "",
            Revision = quote.Revision,
            Name = quote.Name,
            Seller = quote.Seller,
            Buyer = quote.Buyer,
            Currency = currency,
            NetTotal = quote.NetTotal.ToMoney(currency),
            TaxTotal = quote.TaxTotal.ToMoney(currency),
            Total = quote.Total.ToMoney(currency),
            OneOffAmount = recurring.OneOff.ToMoney(currency),
            MonthlyRecurring = recurring.Monthly.ToMoney(currency),
            YearlyRecurring = recurring.Yearly.ToMoney(currency),
            ExpireDate = quote.ExpireDate.ToDateText(),
            TimeZone = quote.TimeZone,
            Introduction = quote.Introduction,
            Terms = quote.Terms,
            Language = quote.Language,
            SendTime = quote.SendTime.ToTimestampOrNull(),
        };
        // Which record of the catalog a line was taken from is nothing that a customer is offered.
        content.LineItems.AddRange(quote.LineItems.Select(line => new V1.LineItem(line.ToMessage(currency)) { ProductId = "" }));
        content.TaxSubtotals.AddRange(quote.TaxSubtotals.Select(subtotal => subtotal.ToMessage(currency)));
        return content;
    }

    /// <summary>Of the JSON of the content, whose fields have an order.</summary>
    public static string HashOf(Quote quote) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(Of(quote)))));

    /// <summary>The content with how it stands: expired from the moment on when it is, whether or not that is written down yet.</summary>
    public static V1.LinkedQuote ToLinked(this Quote quote, DateTimeOffset now)
    {
        var linked = Of(quote);
        linked.Status = quote.Status == V1.QuoteStatus.Sent && quote.ExpireTime <= now ? V1.QuoteStatus.Expired : quote.Status;
        (linked.ContentHash, linked.SignerName) = (quote.ContentHash, quote.SignerName);
        linked.AnswerTime = quote.AnswerTime.ToTimestampOrNull();
        return linked;
    }
}
