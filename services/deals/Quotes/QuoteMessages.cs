using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Deals.Lines;
using Platform.Monetary;

namespace Platform.Deals.Quotes;

/// <summary>A quote as the company sees it.</summary>
internal static class QuoteMessages
{
    public static V1.Quote Of(Quote quote)
    {
        var (currency, recurring) = (quote.Currency, RecurringTotals.Of(quote.LineItems, quote.Currency));
        var message = new V1.Quote
        {
            Id = quote.Id.ToString(),
            Etag = quote.Etag,
            Number = quote.Number ?? "",
            Revision = quote.Revision,
            Status = quote.Status,
            DealId = quote.DealId.ToString(),
            CompanyId = quote.CompanyId.ToIdText(),
            PersonId = quote.PersonId.ToIdText(),
            OwnerId = quote.OwnerId.ToIdText(),
            Name = quote.Name,
            Seller = quote.Seller,
            Buyer = quote.Buyer,
            Currency = currency,
            TaxRounding = quote.TaxRounding,
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
            WinsDeal = quote.WinsDeal,
            SendTime = quote.SendTime.ToTimestampOrNull(),
            ExpireTime = quote.ExpireTime.ToTimestamp(),
            ContentHash = quote.ContentHash,
            Answer = AnswerOf(quote),
            PreviousId = quote.PreviousId.ToIdText(),
            CustomFields = quote.CustomFields,
            CreateTime = quote.CreateTime.ToTimestamp(),
            UpdateTime = quote.UpdateTime.ToTimestamp(),
        };
        message.LineItems.AddRange(quote.LineItems.Select(line => line.ToMessage(currency)));
        message.TaxSubtotals.AddRange(quote.TaxSubtotals.Select(subtotal => subtotal.ToMessage(currency)));
        return message;
    }

    private static V1.QuoteAnswer? AnswerOf(Quote quote) => quote.AnswerTime is null ? null : new V1.QuoteAnswer
    {
        AnswerTime = quote.AnswerTime.ToTimestampOrNull(),
        SignerName = quote.SignerName,
        Reason = quote.DeclineReason,
        ClientAddress = quote.ClientAddress,
        ContentHash = quote.AnsweredHash,
        RecordedBy = quote.RecordedBy.ToIdText(),
    };
}
