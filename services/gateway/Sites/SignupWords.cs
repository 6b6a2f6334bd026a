using Platform.Languages;

namespace Platform.Gateway.Sites;

/// <summary>What the pages of a sign-up say, in the reader's language.</summary>
internal sealed record SignupWords
{
    public required string Title { get; init; }

    public required string Introduction { get; init; }

    public required string Company { get; init; }

    public required string Slug { get; init; }

    public required string Country { get; init; }

    public required string Currency { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string DemoData { get; init; }

    public required string Begin { get; init; }

    public required string DoneTitle { get; init; }

    public required string Done { get; init; }

    public required string SignIn { get; init; }

    public required string RunningTitle { get; init; }

    public required string Running { get; init; }

    public required string Look { get; init; }

    public required string UndoneTitle { get; init; }

    public required string Taken { get; init; }

    public required string Undone { get; init; }

    public required string Again { get; init; }

    private static SignupWords English { get; } = new()
    {
        Title = "Sign up your company",
        Introduction = "It gets contacts, deals, invoices and all the rest, and you are its administrator. You choose your password by a link that we mail to you.",
        Company = "Company",
        Slug = "Short name for addresses: lower-case letters, digits and hyphens",
        Country = "Country, as two letters: DE, FR, KZ…",
        Currency = "Currency of the books, as three letters: EUR, USD…",
        Name = "Your full name",
        Email = "Your e-mail address",
        DemoData = "Begin with a few people, companies and deals to look at",
        Begin = "Sign up",
        DoneTitle = "Look into your inbox",
        Done = "Your company is here. We have sent you a mail with a link: choose your password there, then sign in.",
        SignIn = "Sign in",
        RunningTitle = "Your company is being made",
        Running = "It takes a little longer than usual. You may close this page: a mail comes when it is ready.",
        Look = "See how far it is",
        UndoneTitle = "That did not work",
        Taken = "The short name or the e-mail address is taken. Nothing was kept: choose another one.",
        Undone = "Your company could not be made, and nothing of it was kept. Try again in a few minutes.",
        Again = "Back to the form",
    };

    private static SignupWords Russian { get; } = new()
    {
        Title = "Зарегистрировать компанию",
        Introduction = "У неё будут контакты, сделки, счета и всё остальное, а вы станете её администратором. Пароль вы зададите по ссылке из письма, которое мы пришлём.",
        Company = "Компания",
        Slug = "Короткое имя для адресов: строчные латинские буквы, цифры и дефисы",
        Country = "Страна, две буквы: KZ, RU, DE…",
        Currency = "Валюта учёта, три буквы: EUR, USD, KZT…",
        Name = "Ваше полное имя",
        Email = "Ваш адрес электронной почты",
        DemoData = "Начать с нескольких людей, компаний и сделок для примера",
        Begin = "Зарегистрировать",
        DoneTitle = "Проверьте почту",
        Done = "Компания готова. Мы отправили вам письмо со ссылкой: задайте по ней пароль и войдите.",
        SignIn = "Войти",
        RunningTitle = "Компания создаётся",
        Running = "Это длится чуть дольше обычного. Страницу можно закрыть: когда всё будет готово, придёт письмо.",
        Look = "Посмотреть, что сейчас",
        UndoneTitle = "Не получилось",
        Taken = "Короткое имя или адрес почты уже заняты. Ничего не сохранено: выберите другие.",
        Undone = "Компанию не удалось создать, и от неё ничего не осталось. Повторите через несколько минут.",
        Again = "Вернуться к форме",
    };

    /// <summary>Those of the call's language; English where it is not spoken here.</summary>
    public static SignupWords Current => SpokenLanguage.Current == "ru" ? Russian : English;
}
