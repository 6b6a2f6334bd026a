using Platform.Identity.Pages;

namespace Platform.Identity.Mail;

/// <summary>Every letter that is sent.</summary>
internal static class Letters
{
    public static Letter ResetPassword(string to, string name, Language language, string link, int minutes) => language == Language.Russian
        ? new(to, name, language, "Новый пароль",
            ["Кто-то, вероятно вы, попросил ссылку для нового пароля.", $"Ссылка действует один раз в течение {minutes} мин. Если это были не вы, ничего не делайте."])
        { ButtonText = "Придумать пароль", Link = link }
        : new(to, name, language, "Choose a new password",
            ["Somebody, most likely you, asked for a link to choose a new password.", $"The link works once, for {minutes} minutes. If it was not you, do nothing."])
        { ButtonText = "Choose a password", Link = link };

    public static Letter VerifyEmail(string to, string name, Language language, string link, int minutes) => language == Language.Russian
        ? new(to, name, language, "Подтвердите почту",
            ["Подтвердите, что этот адрес принадлежит вам.", $"Ссылка действует {minutes} мин. Если вы ничего не просили, ничего не делайте."])
        { ButtonText = "Подтвердить", Link = link }
        : new(to, name, language, "Confirm your e-mail",
            ["Please confirm that this address is yours.", $"The link works for {minutes} minutes. If you asked for nothing, do nothing."])
        { ButtonText = "Confirm", Link = link };

    public static Letter Actions(string to, string name, Language language, string link, string realm, int hours) => language == Language.Russian
        ? new(to, name, language, $"Ваша учётная запись в {realm}",
            ["Администратор просит вас завершить настройку учётной записи.", $"Ссылка действует {hours} ч."])
        { ButtonText = "Продолжить", Link = link }
        : new(to, name, language, $"Your account at {realm}",
            ["Your administrator asks you to finish setting up your account.", $"The link works for {hours} hours."])
        { ButtonText = "Continue", Link = link };

    public static Letter Invitation(string to, string name, Language language, string link, string organization, int hours) => language == Language.Russian
        ? new(to, name, language, $"Приглашение в {organization}", [$"Вас пригласили в организацию {organization}.", $"Приглашение действует {hours} ч."])
        { ButtonText = "Принять приглашение", Link = link }
        : new(to, name, language, $"You are invited to {organization}", [$"You have been invited to join {organization}.", $"The invitation works for {hours} hours."])
        { ButtonText = "Join", Link = link };

    public static Letter PasswordChanged(string to, string name, Language language) => language == Language.Russian
        ? new(to, name, language, "Пароль изменён",
            ["Пароль вашей учётной записи только что изменён. На других устройствах вы вышли из системы.", "Если это были не вы, сбросьте пароль и сообщите администратору."])
        : new(to, name, language, "Your password was changed",
            ["The password of your account has just been changed, and you were signed out on other devices.", "If it was not you, reset the password and tell your administrator."]);

    public static Letter SecondFactor(string to, string name, Language language, bool added) => (language, added) switch
    {
        (Language.Russian, true) => new(to, name, language, "Вход в два шага включён", ["Теперь для входа нужен код из приложения.", Tell(language)]),
        (Language.Russian, false) => new(to, name, language, "Вход в два шага выключен", ["Теперь для входа достаточно пароля.", Tell(language)]),
        (_, true) => new(to, name, language, "Two-step sign-in is on", ["From now on signing in takes a code from your app.", Tell(language)]),
        _ => new(to, name, language, "Two-step sign-in is off", ["From now on your password is enough to sign in.", Tell(language)]),
    };

    private static string Tell(Language language) => language == Language.Russian
        ? "Если это были не вы, сбросьте пароль и сообщите администратору."
        : "If it was not you, reset the password and tell your administrator.";
}
