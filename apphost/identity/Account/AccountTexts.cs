using Platform.Identity.Pages;

namespace Platform.Identity.Account;

/// <summary>The texts of a person's own pages.</summary>
internal sealed record AccountTexts
{
    public required string Title { get; init; }
    public required string Profile { get; init; }
    public required string Security { get; init; }
    public required string Devices { get; init; }
    public required string Applications { get; init; }
    public required string SignOut { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }
    public required string Email { get; init; }
    public required string EmailVerified { get; init; }
    public required string EmailNotVerified { get; init; }
    public required string Organizations { get; init; }
    public required string Save { get; init; }
    public required string Saved { get; init; }
    public required string PasswordTitle { get; init; }
    public required string PasswordLead { get; init; }
    public required string CurrentPassword { get; init; }
    public required string CurrentWrong { get; init; }
    public required string PasswordSaved { get; init; }
    public required string PasskeysTitle { get; init; }
    public required string PasskeysLead { get; init; }
    public required string PasskeyAdd { get; init; }
    public required string PasskeyName { get; init; }
    public required string TwoStepTitle { get; init; }
    public required string TwoStepOff { get; init; }
    public required string TwoStepOn { get; init; }
    public required string TwoStepRequired { get; init; }
    public required string Add { get; init; }
    public required string AddAnother { get; init; }
    public required string Remove { get; init; }
    public required string App { get; init; }
    public required string Since { get; init; }
    public required Func<int, string> CodesLeft { get; init; }
    public required string NewCodes { get; init; }
    public required string TwoStepStays { get; init; }
    public required string DevicesLead { get; init; }
    public required string ThisDevice { get; init; }
    public required string LastSeen { get; init; }
    public required string SignOutDevice { get; init; }
    public required string SignOutOthers { get; init; }
    public required string SignedOutDevice { get; init; }
    public required string UnknownDevice { get; init; }
    public required string On { get; init; }
    public required string ApplicationsLead { get; init; }
    public required string NoApplications { get; init; }
    public required string Revoke { get; init; }
    public required string Revoked { get; init; }
    public required IReadOnlyList<string> Months { get; init; }

    public static AccountTexts In(Language language) => language == Language.Russian ? Russian : English;

    private static readonly AccountTexts English = new()
    {
        Title = "Your account",
        Profile = "Profile",
        Security = "Security",
        Devices = "Devices",
        Applications = "Applications",
        SignOut = "Sign out",
        FirstName = "First name",
        LastName = "Last name",
        Email = "E-mail",
        EmailVerified = "confirmed",
        EmailNotVerified = "not confirmed",
        Organizations = "Organizations",
        Save = "Save",
        Saved = "Saved.",
        PasswordTitle = "Password",
        PasswordLead = "A new password signs you out on every other device.",
        CurrentPassword = "Current password",
        CurrentWrong = "The current password is wrong.",
        PasswordSaved = "The password is changed. You were signed out on your other devices.",
        PasskeysTitle = "Passkeys",
        PasskeysLead = "They sign you in without a password, and a second step is not asked.",
        PasskeyAdd = "Add a passkey",
        PasskeyName = "Passkey",
        TwoStepTitle = "Two-step sign-in",
        TwoStepOff = "Off: your password alone signs you in.",
        TwoStepOn = "On: signing in takes a code from your phone.",
        TwoStepRequired = "Your organization requires it.",
        Add = "Set up",
        AddAnother = "Add another device",
        Remove = "Remove",
        App = "Authenticator app",
        Since = "since",
        CodesLeft = count => $"Recovery codes left: {count}",
        NewCodes = "New recovery codes",
        TwoStepStays = "Your organization requires two-step sign-in: add another device before you remove this one.",
        DevicesLead = "Where you are signed in.",
        ThisDevice = "This device",
        LastSeen = "last used",
        SignOutDevice = "Sign out",
        SignOutOthers = "Sign out everywhere else",
        SignedOutDevice = "Signed out.",
        UnknownDevice = "Unknown device",
        On = "on",
        ApplicationsLead = "Applications that you let act for you.",
        NoApplications = "There is none.",
        Revoke = "Remove access",
        Revoked = "Access is removed.",
        Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    };

    private static readonly AccountTexts Russian = new()
    {
        Title = "Ваша учётная запись",
        Profile = "Профиль",
        Security = "Безопасность",
        Devices = "Устройства",
        Applications = "Приложения",
        SignOut = "Выйти",
        FirstName = "Имя",
        LastName = "Фамилия",
        Email = "Электронная почта",
        EmailVerified = "подтверждена",
        EmailNotVerified = "не подтверждена",
        Organizations = "Организации",
        Save = "Сохранить",
        Saved = "Сохранено.",
        PasswordTitle = "Пароль",
        PasswordLead = "После смены пароля вы выйдете на всех других устройствах.",
        CurrentPassword = "Текущий пароль",
        CurrentWrong = "Текущий пароль неверен.",
        PasswordSaved = "Пароль изменён. На других устройствах вы вышли.",
        PasskeysTitle = "Ключи доступа",
        PasskeysLead = "С ними вы входите без пароля и без второго шага.",
        PasskeyAdd = "Добавить ключ доступа",
        PasskeyName = "Ключ доступа",
        TwoStepTitle = "Вход в два шага",
        TwoStepOff = "Выключен: для входа достаточно пароля.",
        TwoStepOn = "Включён: для входа нужен код из телефона.",
        TwoStepRequired = "Этого требует ваша организация.",
        Add = "Настроить",
        AddAnother = "Добавить ещё устройство",
        Remove = "Удалить",
        App = "Приложение-аутентификатор",
        Since = "с",
        CodesLeft = count => $"Осталось резервных кодов: {count}",
        NewCodes = "Новые резервные коды",
        TwoStepStays = "Организация требует входа в два шага: сначала добавьте другое устройство.",
        DevicesLead = "Где вы сейчас вошли.",
        ThisDevice = "Это устройство",
        LastSeen = "последнее использование",
        SignOutDevice = "Выйти",
        SignOutOthers = "Выйти везде, кроме этого",
        SignedOutDevice = "Выполнен выход.",
        UnknownDevice = "Неизвестное устройство",
        On = "на",
        ApplicationsLead = "Приложения, которым вы разрешили действовать от вашего имени.",
        NoApplications = "Таких нет.",
        Revoke = "Отозвать доступ",
        Revoked = "Доступ отозван.",
        Months = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"],
    };
}
