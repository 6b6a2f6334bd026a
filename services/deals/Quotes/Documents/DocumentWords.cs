using System.Globalization;
using Platform.Common.V1;

namespace Platform.Deals.Quotes.Documents;

/// <summary>What the document of a quote says by itself.</summary>
internal sealed record DocumentWords
{
    private static readonly string[] RussianMonths =
        ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];

    public required string Title { get; init; }

    public required string Revision { get; init; }

    public required string From { get; init; }

    public required string For { get; init; }

    public required string TaxNumber { get; init; }

    public required string Sent { get; init; }

    public required string ValidUntil { get; init; }

    public required string Item { get; init; }

    public required string Quantity { get; init; }

    public required string Price { get; init; }

    public required string Tax { get; init; }

    public required string Amount { get; init; }

    public required string Less { get; init; }

    public required string Monthly { get; init; }

    public required string Yearly { get; init; }

    public required string Net { get; init; }

    public required string Total { get; init; }

    public required string OneOff { get; init; }

    public required string EachMonth { get; init; }

    public required string EachYear { get; init; }

    public required string Terms { get; init; }

    public required string Draft { get; init; }

    public required string Page { get; init; }

    private bool IsRussian { get; init; }

    private static DocumentWords English { get; } = new()
    {
        Title = "Quote",
        Revision = "revision {0}",
        From = "From",
        For = "For",
        TaxNumber = "VAT number",
        Sent = "Date",
        ValidUntil = "Valid until",
        Item = "Item",
        Quantity = "Quantity",
        Price = "Unit price",
        Tax = "Tax",
        Amount = "Amount",
        Less = "less {0}",
        Monthly = "monthly, {0} × {1}",
        Yearly = "yearly, {0} × {1}",
        Net = "Net",
        Total = "Total",
        OneOff = "Once",
        EachMonth = "Each month",
        EachYear = "Each year",
        Terms = "Terms",
        Draft = "Draft",
        Page = "{0} of {1}",
    };

    private static DocumentWords Russian { get; } = new()
    {
        Title = "Предложение",
        Revision = "редакция {0}",
        From = "От",
        For = "Для",
        TaxNumber = "Налоговый номер",
        Sent = "Дата",
        ValidUntil = "Действует до",
        Item = "Позиция",
        Quantity = "Количество",
        Price = "Цена",
        Tax = "Налог",
        Amount = "Сумма",
        Less = "скидка {0}",
        Monthly = "ежемесячно, {0} × {1}",
        Yearly = "ежегодно, {0} × {1}",
        Net = "Без налога",
        Total = "Итого",
        OneOff = "Единовременно",
        EachMonth = "Каждый месяц",
        EachYear = "Каждый год",
        Terms = "Условия",
        Draft = "Черновик",
        Page = "{0} из {1}",
        IsRussian = true,
    };

    public static DocumentWords Of(string language) => language == "ru" ? Russian : English;

    /// <summary>"1,234.50 EUR" of an amount as messages have it.</summary>
    public string Money(Money money) => $"{Number(money.Amount)} {money.Currency}";

    /// <summary>A decimal number as it is written in the language, with the decimals that it has.</summary>
    public string Number(string text)
    {
        var format = new NumberFormatInfo { NumberGroupSeparator = IsRussian ? "\u00a0" : ",", NumberDecimalSeparator = IsRussian ? "," : "." };
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return decimal.Parse(text, CultureInfo.InvariantCulture).ToString($"N{(point < 0 ? 0 : text.Length - point - 1)}", format);
    }

    public string Date(DateOnly date) => IsRussian
        ? string.Create(CultureInfo.InvariantCulture, $"{date.Day} {RussianMonths[date.Month - 1]} {date.Year}")
        : date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Fills a sentence.</summary>
    public static string Say(string words, params object[] parts) => string.Format(CultureInfo.InvariantCulture, words, parts);
}
