using Platform.Languages;

namespace Platform.Gateway.Quotes;

/// <summary>What the page of a quote says by itself, in the language of the quote.</summary>
internal sealed record QuoteWords
{
    public required string Language { get; init; }

    /// <summary>What the page says as the document does.</summary>
    public DocumentWords Document => DocumentWords.Of(Language);

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

    public required string Pdf { get; init; }

    public required string UnknownTitle { get; init; }

    public required string UnavailableTitle { get; init; }

    public required string Unavailable { get; init; }

    private static QuoteWords English { get; } = new()
    {
        Language = "en",
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
        Pdf = "This quote as a PDF",
        Checksum = "Checksum of this document (SHA-256)",
        UnknownTitle = "There is no quote here",
        UnavailableTitle = "Try again in a moment",
        Unavailable = "The quote cannot be shown right now. Nothing is lost.",
    };

    private static QuoteWords Russian { get; } = new()
    {
        Language = "ru",
        Accept = "Принять предложение",
        AcceptHint = "Впишите своё полное имя вместо подписи. Вместе с ним сохраняются время, ваш сетевой адрес и контрольная сумма ниже.",
        Name = "Ваше полное имя",
        Agree = "Я принимаю это предложение вместе с условиями и имею на это право.",
        AcceptButton = "Принять и подписать",
        Decline = "Отклонить",
        NameOptional = "Ваше имя, если хотите",
        Reason = "Почему?",
        DeclineButton = "Отклонить",
        Accepted = "Спасибо! Принято: {0}, {1}",
        Declined = "Отклонено {1}",
        Expired = "Предложение действовало до {0}, принять его уже нельзя.",
        Superseded = "Отправлена более новая редакция этого предложения, действует она.",
        Pdf = "Это предложение в PDF",
        Checksum = "Контрольная сумма документа (SHA-256)",
        UnknownTitle = "Здесь нет предложения",
        UnavailableTitle = "Повторите через минуту",
        Unavailable = "Сейчас предложение нельзя показать. Ничего не потеряно.",
    };

    /// <summary>Those of a language; English where it is not spoken here.</summary>
    public static QuoteWords Of(string language) => language == "ru" ? Russian : English;
}
