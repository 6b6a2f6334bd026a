using System.Globalization;

namespace Platform.Gateway.Quotes;

/// <summary>What the page of a quote says by itself, in the language of the quote.</summary>
internal sealed record QuoteWords
{
    private const int NarrowSpace = 0x202F;

    private static readonly string[] RussianMonths =
        ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];

    public required string Language { get; init; }

    public required string Title { get; init; }

    public required string Revision { get; init; }

    public required string From { get; init; }

    public required string For { get; init; }

    public required string TaxNumber { get; init; }

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

    public required string Accept { get; init; }

    public required string AcceptHint { get; init; }

    public required string Name { get; init; }

    public required string Agree { get; init; }

    public required string AcceptButton { get; init; }

    public required string Decline { get; init; }

    public required string NameOptional { get; init; }

    public required string Reason { get; init; }

    public required string DeclineButton { get; init; }

    public required string Accepted { get; init; }

    public required string Declined { get; init; }

    public required string Expired { get; init; }

    public required string Superseded { get; init; }

    public required string Checksum { get; init; }

    public required string Document { get; init; }

    public required string UnknownTitle { get; init; }

    public required string UnavailableTitle { get; init; }

    public required string Unavailable { get; init; }

    private static QuoteWords English { get; } = new()
    {
        Language = "en",
        Title = "Quote",
        Revision = "revision {0}",
        From = "From",
        For = "For",
        TaxNumber = "VAT number",
        ValidUntil = "Valid until",
        Item = "Item",
        Quantity = "Quantity",
        Price = "Unit price",
        Tax = "Tax",
        Amount = "Amount",
        Less = "less {0}",
        Monthly = "monthly, {0} ×",
        Yearly = "yearly, {0} ×",
        Net = "Net",
        Total = "Total",
        OneOff = "Once",
        EachMonth = "Each month",
        EachYear = "Each year",
        Terms = "Terms",
        Accept = "Accept this quote",
        AcceptHint = "Type your full name as your signature. The time, your address on the network and the checksum below are kept with it.",
        Name = "Your full name",
        Agree = "I accept this quote with its terms and may do so.",
        AcceptButton = "Accept and sign",
        Decline = "Decline instead",
        NameOptional = "Your name, if you like",
        Reason = "Why?",
        DeclineButton = "Decline",
        Accepted = "Accepted by {0} on {1}. Thank you!",
        Declined = "Declined on {1}.",
        Expired = "This quote was valid until {0} and cannot be accepted any more.",
        Superseded = "A later revision of this quote was sent, which holds instead of it.",
        Document = "This quote as a PDF",
        Checksum = "Checksum of this document (SHA-256)",
        UnknownTitle = "There is no quote here",
        UnavailableTitle = "Try again in a moment",
        Unavailable = "The quote cannot be shown right now. Nothing is lost.",
    };

    private static QuoteWords Russian { get; } = new()
    {
        Language = "ru",
        Title = "Предложение",
        Revision = "редакция {0}",
        From = "От",
        For = "Для",
        TaxNumber = "Налоговый номер",
        ValidUntil = "Действует до",
        Item = "Позиция",
        Quantity = "Количество",
        Price = "Цена",
        Tax = "Налог",
        Amount = "Сумма",
        Less = "скидка {0}",
        Monthly = "ежемесячно, {0} ×",
        Yearly = "ежегодно, {0} ×",
        Net = "Без налога",
        Total = "Итого",
        OneOff = "Единовременно",
        EachMonth = "Каждый месяц",
        EachYear = "Каждый год",
        Terms = "Условия",
        Accept = "Принять предложение",
        AcceptHint = "Впишите своё полное имя вместо подписи. Вместе с ним сохраняются время, ваш сетевой адрес и контрольная сумма ниже.",
        Name = "Ваше полное имя",
        Agree = "Я принимаю это предложение вместе с условиями и имею на это право.",
        AcceptButton = "Принять и подписать",
        Decline = "Отклонить",
        NameOptional = "Ваше имя, если хотите",
        Reason = "Почему?",
        DeclineButton = "Отклонить",
        Accepted = "Принято: {0}, {1}. Спасибо!",
        Declined = "Отклонено {1}.",
        Expired = "Предложение действовало до {0}, принять его уже нельзя.",
        Superseded = "Отправлена более новая редакция этого предложения, действует она.",
        Document = "Это предложение в PDF",
        Checksum = "Контрольная сумма документа (SHA-256)",
        UnknownTitle = "Здесь нет предложения",
        UnavailableTitle = "Повторите через минуту",
        Unavailable = "Сейчас предложение нельзя показать. Ничего не потеряно.",
    };

    private bool IsRussian => Language == "ru";

    /// <summary>Those of a language; English where it is not spoken here.</summary>
    public static QuoteWords Of(string language) => language == "ru" ? Russian : English;

    /// <summary>"1,234.50 EUR" of an amount as messages have it.</summary>
    public string Money(Common.V1.Money? money) => money is null ? "" : $"{Number(money.Amount)} {money.Currency}";

    /// <summary>A decimal number as it is written in the language, with the decimals that it has.</summary>
    public string Number(string text)
    {
        var format = new NumberFormatInfo { NumberGroupSeparator = IsRussian ? ((char)NarrowSpace).ToString() : ",", NumberDecimalSeparator = IsRussian ? "," : "." };
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return decimal.Parse(text, CultureInfo.InvariantCulture).ToString($"N{(point < 0 ? 0 : text.Length - point - 1)}", format);
    }

    /// <summary>A date as it is written in the language.</summary>
    public string Date(DateOnly date) => IsRussian
        ? string.Create(CultureInfo.InvariantCulture, $"{date.Day} {RussianMonths[date.Month - 1]} {date.Year}")
        : date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Fills a sentence.</summary>
    public static string Say(string words, params object[] parts) => string.Format(CultureInfo.InvariantCulture, words, parts);
}
