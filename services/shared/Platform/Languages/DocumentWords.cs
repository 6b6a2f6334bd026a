using System.Globalization;
using Platform.Common.V1;

namespace Platform.Languages;

/// <summary>What a document for a customer says by itself, on paper and on a page.</summary>
public sealed record DocumentWords
{
    private readonly WrittenLanguage _language;

    private DocumentWords(WrittenLanguage language) => _language = language;

    /// <summary>Of the whole.</summary>
    public required string Title { get; init; }

    /// <summary>Which revision; takes its number.</summary>
    public required string Revision { get; init; }

    /// <summary>Who offers.</summary>
    public required string From { get; init; }

    /// <summary>Who is offered it.</summary>
    public required string For { get; init; }

    /// <summary>Stands before a VAT number.</summary>
    public required string TaxNumber { get; init; }

    /// <summary>When it was sent.</summary>
    public required string Sent { get; init; }

    /// <summary>Until when it can be accepted.</summary>
    public required string ValidUntil { get; init; }

    /// <summary>Column: what is sold.</summary>
    public required string Item { get; init; }

    /// <summary>Column: how much of it.</summary>
    public required string Quantity { get; init; }

    /// <summary>Column: what one costs.</summary>
    public required string Price { get; init; }

    /// <summary>Column, and before a rate: tax.</summary>
    public required string Tax { get; init; }

    /// <summary>Column: what the line comes to.</summary>
    public required string Amount { get; init; }

    /// <summary>A discount; takes it.</summary>
    public required string Less { get; init; }

    /// <summary>What is sold by the month; takes for how many and at what.</summary>
    public required string Monthly { get; init; }

    /// <summary>The same by the year.</summary>
    public required string Yearly { get; init; }

    /// <summary>The sum without tax.</summary>
    public required string Net { get; init; }

    /// <summary>The sum with tax.</summary>
    public required string Total { get; init; }

    /// <summary>What comes once.</summary>
    public required string OneOff { get; init; }

    /// <summary>What comes each month.</summary>
    public required string EachMonth { get; init; }

    /// <summary>What comes each year.</summary>
    public required string EachYear { get; init; }

    /// <summary>Stands above the terms.</summary>
    public required string Terms { get; init; }

    /// <summary>In place of a number.</summary>
    public required string Draft { get; init; }

    /// <summary>Which page of how many.</summary>
    public required string Page { get; init; }

    private static DocumentWords English { get; } = new(WrittenLanguage.English)
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

    private static DocumentWords Russian { get; } = new(WrittenLanguage.Russian)
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
    };

    /// <summary>Those of a language; English where it is not written here.</summary>
    public static DocumentWords Of(string language) => WrittenLanguage.Find(language) == WrittenLanguage.Russian ? Russian : English;

    /// <summary>"1,234.50 EUR" of an amount as messages have it; empty for none.</summary>
    public string Money(Money? money) => money is null ? "" : $"{Number(money.Amount)} {money.Currency}";

    /// <summary>A decimal number as it is written in the language, with the decimals that it has.</summary>
    public string Number(string text) => _language.Number(text);

    /// <summary>A date as it is written in the language.</summary>
    public string Date(DateOnly date) => _language.Date(date);

    /// <summary>Fills a sentence.</summary>
    public static string Say(string words, params object[] parts) => string.Format(CultureInfo.InvariantCulture, words, parts);
}
