using Platform.Languages;

namespace Platform.Gateway.Sites;

/// <summary>What public pages say by themselves, in the reader's language.</summary>
internal sealed record SiteWords
{
    public required string Language { get; init; }

    public required string Search { get; init; }

    public required string SearchButton { get; init; }

    public required string All { get; init; }

    public required string Categories { get; init; }

    public required string Nothing { get; init; }

    public required string NothingFound { get; init; }

    public required string More { get; init; }

    public required string Updated { get; init; }

    public required string Back { get; init; }

    public required string Results { get; init; }

    public required string Send { get; init; }

    public required string Optional { get; init; }

    public required string Choose { get; init; }

    public required string Wrong { get; init; }

    public required string ThanksTitle { get; init; }

    public required string Thanks { get; init; }

    public required string UnknownTitle { get; init; }

    public required string Unknown { get; init; }

    public required string UnavailableTitle { get; init; }

    public required string Unavailable { get; init; }

    public required string Busy { get; init; }

    public required string Leave { get; init; }

    public required string Skip { get; init; }

    private static SiteWords English { get; } = new()
    {
        Language = "en",
        Search = "Search the articles",
        SearchButton = "Search",
        All = "All",
        Categories = "Categories",
        Nothing = "There are no articles yet.",
        NothingFound = "Nothing was found. Try other words, or all categories.",
        More = "More articles",
        Updated = "Updated {0}",
        Back = "All articles",
        Results = "Results for “{0}”",
        Send = "Send",
        Optional = "optional",
        Choose = "Choose…",
        Wrong = "Please look at the marked fields.",
        ThanksTitle = "Thank you",
        Thanks = "We have received it and will get back to you.",
        UnknownTitle = "There is no such page",
        Unknown = "It may have moved, or it is not public any more.",
        UnavailableTitle = "Try again in a moment",
        Unavailable = "The page cannot be shown right now.",
        Busy = "These were many requests in a short time. Wait a minute and go back: what you typed is still there.",
        Leave = "Leave this empty",
        Skip = "Skip to content",
    };

    private static SiteWords Russian { get; } = new()
    {
        Language = "ru",
        Search = "Поиск по статьям",
        SearchButton = "Найти",
        All = "Все",
        Categories = "Разделы",
        Nothing = "Статей пока нет.",
        NothingFound = "Ничего не нашлось. Попробуйте другие слова или все разделы.",
        More = "Ещё статьи",
        Updated = "Обновлено {0}",
        Back = "Все статьи",
        Results = "Найдено по запросу «{0}»",
        Send = "Отправить",
        Optional = "необязательно",
        Choose = "Выберите…",
        Wrong = "Посмотрите на отмеченные поля.",
        ThanksTitle = "Спасибо",
        Thanks = "Мы всё получили и свяжемся с вами.",
        UnknownTitle = "Такой страницы нет",
        Unknown = "Возможно, она переехала или больше не открыта для всех.",
        UnavailableTitle = "Повторите через минуту",
        Unavailable = "Сейчас страницу нельзя показать.",
        Busy = "Запросов было слишком много за короткое время. Подождите минуту и вернитесь назад: всё, что вы ввели, сохранилось.",
        Leave = "Оставьте пустым",
        Skip = "К содержанию",
    };

    /// <summary>Those of the call's language; English where it is not spoken here.</summary>
    public static SiteWords Current => SpokenLanguage.Current == "ru" ? Russian : English;
}
