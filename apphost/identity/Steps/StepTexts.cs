using Platform.Identity.Pages;
using Platform.Identity.Passwords;

namespace Platform.Identity.Steps;

/// <summary>The texts of what may be asked beside the password.</summary>
internal sealed record StepTexts
{
    public required string CodeTitle { get; init; }
    public required string CodeLead { get; init; }
    public required string Code { get; init; }
    public required string CodeHint { get; init; }
    public required string CodeWrong { get; init; }
    public required string Forgot { get; init; }
    public required string ForgotTitle { get; init; }
    public required string ForgotLead { get; init; }
    public required string ForgotSend { get; init; }
    public required string ForgotSent { get; init; }
    public required Func<int, string> ForgotSentMore { get; init; }
    public required string BackToSignIn { get; init; }
    public required string BackToApplication { get; init; }
    public required string PasswordTitle { get; init; }
    public required string PasswordLead { get; init; }
    public required string NewPassword { get; init; }
    public required string RepeatPassword { get; init; }
    public required Func<int, string> PasswordHint { get; init; }
    public required string PasswordSave { get; init; }
    public required string PasswordsDiffer { get; init; }
    public required Func<PasswordViolation, string> Violation { get; init; }
    public required string TotpTitle { get; init; }
    public required string TotpLead { get; init; }
    public required string TotpScan { get; init; }
    public required string TotpByHand { get; init; }
    public required string TotpQr { get; init; }
    public required string TotpCode { get; init; }
    public required string TotpDevice { get; init; }
    public required string TotpSave { get; init; }
    public required string PasskeyTitle { get; init; }
    public required string PasskeyLead { get; init; }
    public required string PasskeyMake { get; init; }
    public required string PasskeyFailed { get; init; }
    public required string PasskeyUnsupported { get; init; }
    public required string RecoveryTitle { get; init; }
    public required string RecoveryLead { get; init; }
    public required string RecoveryKept { get; init; }
    public required string EmailTitle { get; init; }
    public required Func<string, string> EmailLead { get; init; }
    public required string EmailAgain { get; init; }
    public required string EmailDone { get; init; }
    public required string EmailNotYet { get; init; }
    public required string EmailConfirmTitle { get; init; }
    public required Func<string, string> EmailConfirmLead { get; init; }
    public required string EmailConfirm { get; init; }
    public required string LinkTitle { get; init; }
    public required string LinkText { get; init; }
    public required string DoneTitle { get; init; }
    public required string DoneText { get; init; }
    public required string StartAgain { get; init; }

    public static StepTexts In(Language language) => language == Language.Russian ? Russian : English;

    private static readonly StepTexts English = new()
    {
        CodeTitle = "Enter your code",
        CodeLead = "Open your authenticator app for the six digits, or use one of your recovery codes.",
        Code = "Code",
        CodeHint = "Each code works once.",
        CodeWrong = "This code is wrong or has been used already.",
        Forgot = "Forgot your password?",
        ForgotTitle = "Reset your password",
        ForgotLead = "Tell us your e-mail. If you have an account, we send you a link to choose a new password.",
        ForgotSend = "Send the link",
        ForgotSent = "Look into your mail",
        ForgotSentMore = minutes => $"If there is an account with this address, a link is on its way. It works once, for {minutes} minutes.",
        BackToSignIn = "Back to sign-in",
        BackToApplication = "Back to the application",
        PasswordTitle = "Choose a new password",
        PasswordLead = "You will be signed out on every other device.",
        NewPassword = "New password",
        RepeatPassword = "The same again",
        PasswordHint = length => $"At least {length} characters. A sentence is easy to remember and hard to guess.",
        PasswordSave = "Save the password",
        PasswordsDiffer = "The two passwords are not the same.",
        Violation = violation => violation switch
        {
            { Code: "password_too_short", Number: var number } => $"The password needs at least {number} characters.",
            { Code: "password_too_long", Number: var number } => $"The password may have {number} characters at most.",
            { Code: "password_needs_digits", Number: var number } => $"The password needs digits: {number}.",
            { Code: "password_needs_lower_case", Number: var number } => $"The password needs small letters: {number}.",
            { Code: "password_needs_upper_case", Number: var number } => $"The password needs capital letters: {number}.",
            { Code: "password_needs_special_characters", Number: var number } => $"The password needs signs such as ! or ?: {number}.",
            { Code: "password_is_user_name" or "password_is_email" } => "The password must not contain your user name or be your e-mail.",
            { Code: "password_used_before" } => "You had this password before. Choose another one.",
            { Code: "password_common" } => "This is one of the first passwords that anybody tries. Choose another one.",
            { Code: "password_context" } => "The password is little more than your name, your company's or the platform's. Add words that have nothing to do with them.",
            _ => "The password is not of the form that is asked for.",
        },
        TotpTitle = "Set up two-step sign-in",
        TotpLead = "From then on you sign in with your password and a code from your phone.",
        TotpScan = "Scan this with an authenticator app, or",
        TotpByHand = "enter the key by hand",
        TotpQr = "QR code for the authenticator app",
        TotpCode = "The six digits that the app shows",
        TotpDevice = "Name of the device (if you like)",
        TotpSave = "Turn it on",
        PasskeyTitle = "Make a passkey",
        PasskeyLead = "A passkey signs you in with your finger, your face or your device's number, without a password.",
        PasskeyMake = "Make it",
        PasskeyFailed = "The passkey could not be made. Please try again.",
        PasskeyUnsupported = "This browser knows no passkeys, or you broke off.",
        RecoveryTitle = "Keep these recovery codes",
        RecoveryLead = "If you lose your phone, each of them signs you in once. They are shown only now: print them or keep them in a safe place.",
        RecoveryKept = "I have kept them",
        EmailTitle = "Confirm your e-mail",
        EmailLead = email => $"We have sent a link to {email}. Follow it, then come back here.",
        EmailAgain = "Send it again",
        EmailDone = "I have confirmed it",
        EmailNotYet = "The address is not confirmed yet.",
        EmailConfirmTitle = "Is this your e-mail?",
        EmailConfirmLead = email => $"Confirm that {email} is yours.",
        EmailConfirm = "Yes, confirm it",
        LinkTitle = "This link no longer works",
        LinkText = "It has been used already, or it is too old. Ask for a new one.",
        DoneTitle = "Done",
        DoneText = "Your account has been updated. You can sign in now.",
        StartAgain = "The page had been open for too long. Please start again.",
    };

    private static readonly StepTexts Russian = new()
    {
        CodeTitle = "Введите код",
        CodeLead = "Шесть цифр из приложения-аутентификатора или один из резервных кодов.",
        Code = "Код",
        CodeHint = "Каждый код действует один раз.",
        CodeWrong = "Код неверен или уже использован.",
        Forgot = "Забыли пароль?",
        ForgotTitle = "Сброс пароля",
        ForgotLead = "Укажите почту. Если у вас есть учётная запись, мы пришлём ссылку для нового пароля.",
        ForgotSend = "Отправить ссылку",
        ForgotSent = "Проверьте почту",
        ForgotSentMore = minutes => $"Если учётная запись с таким адресом есть, ссылка уже отправлена. Она действует один раз в течение {minutes} мин.",
        BackToSignIn = "Вернуться ко входу",
        BackToApplication = "Вернуться в приложение",
        PasswordTitle = "Придумайте новый пароль",
        PasswordLead = "На всех других устройствах вы выйдете из системы.",
        NewPassword = "Новый пароль",
        RepeatPassword = "Ещё раз",
        PasswordHint = length => $"Не меньше {length} знаков. Фразу легко запомнить и трудно угадать.",
        PasswordSave = "Сохранить пароль",
        PasswordsDiffer = "Пароли не совпадают.",
        Violation = violation => violation switch
        {
            { Code: "password_too_short", Number: var number } => $"Пароль должен быть не короче {number} знаков.",
            { Code: "password_too_long", Number: var number } => $"Пароль должен быть не длиннее {number} знаков.",
            { Code: "password_needs_digits", Number: var number } => $"В пароле нужны цифры: {number}.",
            { Code: "password_needs_lower_case", Number: var number } => $"В пароле нужны строчные буквы: {number}.",
            { Code: "password_needs_upper_case", Number: var number } => $"В пароле нужны заглавные буквы: {number}.",
            { Code: "password_needs_special_characters", Number: var number } => $"В пароле нужны знаки вроде ! или ?: {number}.",
            { Code: "password_is_user_name" or "password_is_email" } => "Пароль не должен содержать имя пользователя или совпадать с почтой.",
            { Code: "password_used_before" } => "Этот пароль у вас уже был. Придумайте другой.",
            { Code: "password_common" } => "Этот пароль пробуют одним из первых. Придумайте другой.",
            { Code: "password_context" } => "Пароль почти целиком состоит из вашего имени, названия компании или платформы. Добавьте слова, которые с ними не связаны.",
            _ => "Пароль не подходит под требуемый вид.",
        },
        TotpTitle = "Вход в два шага",
        TotpLead = "После настройки вы будете входить с паролем и кодом из телефона.",
        TotpScan = "Отсканируйте в приложении-аутентификаторе или",
        TotpByHand = "введите ключ вручную",
        TotpQr = "QR-код для приложения-аутентификатора",
        TotpCode = "Шесть цифр, которые показывает приложение",
        TotpDevice = "Название устройства (необязательно)",
        TotpSave = "Включить",
        PasskeyTitle = "Создайте ключ доступа",
        PasskeyLead = "С ключом доступа вы входите по отпечатку, лицу или коду устройства, без пароля.",
        PasskeyMake = "Создать",
        PasskeyFailed = "Ключ доступа создать не удалось. Попробуйте ещё раз.",
        PasskeyUnsupported = "Этот браузер не знает ключей доступа, или вы прервали создание.",
        RecoveryTitle = "Сохраните резервные коды",
        RecoveryLead = "Если телефон потеряется, каждый из них впустит вас один раз. Они показаны только сейчас: распечатайте их или сохраните в надёжном месте.",
        RecoveryKept = "Коды сохранены",
        EmailTitle = "Подтвердите почту",
        EmailLead = email => $"Мы отправили ссылку на {email}. Перейдите по ней и вернитесь сюда.",
        EmailAgain = "Отправить ещё раз",
        EmailDone = "Почта подтверждена",
        EmailNotYet = "Адрес ещё не подтверждён.",
        EmailConfirmTitle = "Это ваша почта?",
        EmailConfirmLead = email => $"Подтвердите, что {email} принадлежит вам.",
        EmailConfirm = "Да, подтверждаю",
        LinkTitle = "Ссылка больше не действует",
        LinkText = "Она уже использована или устарела. Запросите новую.",
        DoneTitle = "Готово",
        DoneText = "Учётная запись обновлена. Теперь можно войти.",
        StartAgain = "Страница была открыта слишком долго. Начните заново.",
    };
}
