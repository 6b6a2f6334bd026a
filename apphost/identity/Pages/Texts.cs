namespace Platform.Identity.Pages;

/// <summary>Every text that a person reads.</summary>
internal sealed record Texts
{
    public required string Language { get; init; }
    public required string OtherLanguage { get; init; }
    public required string Tagline { get; init; }
    public required string TaglineMore { get; init; }
    public required string SignIn { get; init; }
    public required string SignInTo { get; init; }
    public required string UserName { get; init; }
    public required string Password { get; init; }
    public required string ShowPassword { get; init; }
    public required string CapsLock { get; init; }
    public required string Continue { get; init; }
    public required string DemoAccounts { get; init; }
    public required string DemoHint { get; init; }
    public required string WrongCredentials { get; init; }
    public required string MissingCredentials { get; init; }
    public required Func<int, string> Locked { get; init; }
    public required string TooMany { get; init; }
    public required string Passkey { get; init; }
    public required string PasskeyRefused { get; init; }
    public required string MissingEmail { get; init; }
    public required string Account { get; init; }
    public required string TryAgain { get; init; }
    public required string ChooseOrganization { get; init; }
    public required string ChooseOrganizationMore { get; init; }
    public required string SignedOut { get; init; }
    public required string SignedOutMore { get; init; }
    public required string SignOut { get; init; }
    public required string SignOutQuestion { get; init; }
    public required string SignOutMore { get; init; }
    public required string ErrorTitle { get; init; }
    public required string ErrorRedirect { get; init; }
    public required string ErrorClient { get; init; }
    public required string ErrorRequest { get; init; }
    public required string ErrorStale { get; init; }
    public required string ErrorServer { get; init; }
    public required string ErrorNotFound { get; init; }
    public required string ErrorHint { get; init; }
    public required string Reference { get; init; }

    public static Texts In(Language language) => language == Pages.Language.Russian ? Russian : English;

    private static readonly Texts English = new()
    {
        Language = "en",
        OtherLanguage = "Русский",
        Tagline = "Everything your company does, in one place.",
        TaglineMore = "Customers, deals, invoices and projects that know about each other.",
        SignIn = "Sign in",
        SignInTo = "to continue to",
        UserName = "E-mail",
        Password = "Password",
        ShowPassword = "Show password",
        CapsLock = "Caps Lock is on.",
        Continue = "Sign in",
        DemoAccounts = "Demo accounts",
        DemoHint = "Shown in development only. Choose one to sign in.",
        WrongCredentials = "The e-mail or the password is wrong.",
        MissingCredentials = "Enter your e-mail and your password.",
        Locked = minutes => $"Too many wrong passwords. This account is locked; try again in {minutes} {(minutes == 1 ? "minute" : "minutes")}.",
        TooMany = "Too many sign-ins from your network. Wait a minute and try again.",
        Passkey = "Sign in with a passkey",
        PasskeyRefused = "This passkey is not known here.",
        MissingEmail = "Enter your e-mail.",
        Account = "your account",
        TryAgain = "The page had been open for too long. Please sign in again.",
        ChooseOrganization = "Choose an organization",
        ChooseOrganizationMore = "You belong to several. Which one do you want to work in?",
        SignedOut = "You are signed out",
        SignedOutMore = "It is safe to close this window.",
        SignOut = "Sign out",
        SignOutQuestion = "Sign out?",
        SignOutMore = "You will be signed out of every application that you opened with this account.",
        ErrorTitle = "This did not work",
        ErrorRedirect = "The application asked to send you to an address that it has not registered, so we stopped here.",
        ErrorClient = "The application that sent you here is not known to us.",
        ErrorRequest = "The application sent a request that we cannot understand.",
        ErrorStale = "This sign-in page is no longer valid.",
        ErrorServer = "Something broke on our side. It has been written down; please try again in a moment.",
        ErrorNotFound = "There is no page at this address.",
        ErrorHint = "Go back to the application and start again.",
        Reference = "Reference",
    };

    private static readonly Texts Russian = new()
    {
        Language = "ru",
        OtherLanguage = "English",
        Tagline = "Все дела компании в одном месте.",
        TaglineMore = "Клиенты, сделки, счета и проекты, которые знают друг о друге.",
        SignIn = "Вход",
        SignInTo = "для работы с приложением",
        UserName = "Электронная почта",
        Password = "Пароль",
        ShowPassword = "Показать пароль",
        CapsLock = "Включён Caps Lock.",
        Continue = "Войти",
        DemoAccounts = "Демонстрационные учётные записи",
        DemoHint = "Видны только при разработке. Нажмите, чтобы войти.",
        WrongCredentials = "Неверная почта или пароль.",
        MissingCredentials = "Введите почту и пароль.",
        Locked = minutes => $"Слишком много неверных паролей. Учётная запись заблокирована, попробуйте через {minutes} мин.",
        TooMany = "Слишком много попыток входа из вашей сети. Подождите минуту и попробуйте снова.",
        Passkey = "Войти с ключом доступа",
        PasskeyRefused = "Этот ключ доступа здесь неизвестен.",
        MissingEmail = "Введите почту.",
        Account = "учётная запись",
        TryAgain = "Страница была открыта слишком долго. Войдите ещё раз.",
        ChooseOrganization = "Выберите организацию",
        ChooseOrganizationMore = "Вы состоите в нескольких. В какой хотите работать?",
        SignedOut = "Вы вышли",
        SignedOutMore = "Это окно можно закрыть.",
        SignOut = "Выйти",
        SignOutQuestion = "Выйти?",
        SignOutMore = "Вы выйдете из всех приложений, открытых с этой учётной записью.",
        ErrorTitle = "Не получилось",
        ErrorRedirect = "Приложение попросило отправить вас на адрес, который оно не зарегистрировало, поэтому мы остановились здесь.",
        ErrorClient = "Приложение, которое отправило вас сюда, нам неизвестно.",
        ErrorRequest = "Приложение прислало запрос, который мы не можем понять.",
        ErrorStale = "Эта страница входа больше не действует.",
        ErrorServer = "Что-то сломалось на нашей стороне. Мы это записали; попробуйте ещё раз через минуту.",
        ErrorNotFound = "По этому адресу ничего нет.",
        ErrorHint = "Вернитесь в приложение и начните сначала.",
        Reference = "Номер для обращения",
    };
}
