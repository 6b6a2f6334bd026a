using Platform.Identity.Brokering.Saml;
using Platform.Identity.Pages;

namespace Platform.Identity.Brokering;

internal sealed record BrokerTexts
{
    public required string CompanySignIn { get; init; }
    public required string NoCompanySignIn { get; init; }
    public required Func<string, string> GoTitle { get; init; }
    public required string GoLead { get; init; }
    public required string Go { get; init; }
    public required string LinkTitle { get; init; }
    public required Func<string, string, string> LinkLead { get; init; }
    public required string LinkHint { get; init; }
    public required string Link { get; init; }
    public required string WrongPassword { get; init; }
    public required string UnaskedTitle { get; init; }
    public required Func<string, string, string, string> UnaskedLead { get; init; }
    public required string UnaskedHint { get; init; }
    public required string SignOutLead { get; init; }
    public required Func<string, string> SignOutRefused { get; init; }
    public required Func<string, string> SignOutUnconfirmed { get; init; }
    public required Func<string, string, string> Refusal { get; init; }

    public static BrokerTexts In(Language language) => language == Language.Russian ? Russian : English;

    private static readonly BrokerTexts English = new()
    {
        CompanySignIn = "Sign in with your company's account",
        NoCompanySignIn = "There is no company sign-in for this address. Use your password.",
        GoTitle = provider => $"On to {provider}",
        GoLead = "You sign in there and come back here.",
        Go = "Continue",
        LinkTitle = "Connect your account",
        LinkLead = (provider, email) => $"There is an account with the address {email} already. Enter its password once, to sign in to it with {provider} from now on.",
        LinkHint = "Whoever manages accounts there can then sign in as you. If this is not what you want, go back and use your password.",
        Link = "Connect",
        WrongPassword = "The password is wrong.",
        UnaskedTitle = "Sign in?",
        UnaskedLead = (provider, person, application) => $"{provider} sends you to {application} and says that you are {person}.",
        UnaskedHint = "Go on only if you have just come from there. Otherwise go back: somebody may want you to work under another name.",
        SignOutLead = "You are signed out here. Your company's sign-in is told of it.",
        SignOutRefused = provider => $"{provider} asked to sign you out in a way that cannot be trusted. Nothing was changed; to sign out, use the application.",
        SignOutUnconfirmed = provider => $"You are signed out here, but {provider} did not confirm that you are signed out there. Close the browser if others use it too.",
        Refusal = (code, provider) => code switch
        {
            BrokerErrors.Denied => $"The sign-in at {provider} was broken off.",
            BrokerErrors.Unencrypted => $"{provider} sent its answer unencrypted, and we agreed on encryption. Its administrator has to switch that on, with the certificate of the metadata.",
            BrokerErrors.Unasked => $"A sign-in cannot begin at {provider}. Begin it here.",
            BrokerErrors.NoEmail => $"{provider} did not tell your e-mail. Its administrator has to release it.",
            BrokerErrors.ForeignEmail => $"The address that {provider} told does not belong to your organization.",
            BrokerErrors.NotConnected => $"No account is connected to this sign-in at {provider}. Sign in as before, or ask your administrator.",
            BrokerErrors.NoMember => "You are no member of the organization any more. Ask your administrator.",
            BrokerErrors.Disabled => "This account is switched off. Ask your administrator.",
            _ => $"{provider} did not confirm who you are. Try again in a moment; if it stays so, tell your administrator.",
        },
    };

    private static readonly BrokerTexts Russian = new()
    {
        CompanySignIn = "Войти через учётную запись компании",
        NoCompanySignIn = "Для этого адреса нет входа через компанию. Введите пароль.",
        GoTitle = provider => $"Переход: {provider}",
        GoLead = "Вы войдёте там и вернётесь сюда.",
        Go = "Продолжить",
        LinkTitle = "Подключите учётную запись",
        LinkLead = (provider, email) => $"Учётная запись с адресом {email} уже есть. Введите её пароль один раз, чтобы дальше входить через {provider}.",
        LinkHint = "Тот, кто там управляет учётными записями, сможет войти от вашего имени. Если вы этого не хотите, вернитесь и войдите с паролем.",
        Link = "Подключить",
        WrongPassword = "Неверный пароль.",
        UnaskedTitle = "Войти?",
        UnaskedLead = (provider, person, application) => $"{provider} направляет вас в {application} и сообщает, что вы — {person}.",
        UnaskedHint = "Продолжайте, только если вы сейчас пришли оттуда. Иначе вернитесь: возможно, кто-то хочет, чтобы вы работали под чужим именем.",
        SignOutLead = "Здесь вы вышли. Сообщаем об этом системе входа вашей компании.",
        SignOutRefused = provider => $"{provider} просит завершить ваш сеанс, но этому запросу нельзя доверять. Ничего не изменилось; чтобы выйти, используйте приложение.",
        SignOutUnconfirmed = provider => $"Здесь вы вышли, но {provider} не подтверждает, что вы вышли и там. Закройте браузер, если им пользуются другие.",
        Refusal = (code, provider) => code switch
        {
            BrokerErrors.Denied => $"Вход через {provider} прерван.",
            BrokerErrors.Unencrypted => $"{provider} прислал ответ без шифрования, о котором мы договорились. Его должен включить администратор, взяв сертификат из метаданных.",
            BrokerErrors.Unasked => $"Вход нельзя начать на стороне {provider}. Начните его здесь.",
            BrokerErrors.NoEmail => $"{provider} не сообщает вашу почту. Её должен открыть администратор.",
            BrokerErrors.ForeignEmail => $"Адрес, который сообщает {provider}, не принадлежит вашей организации.",
            BrokerErrors.NotConnected => $"К этому входу через {provider} не подключена учётная запись. Войдите как раньше или обратитесь к администратору.",
            BrokerErrors.NoMember => "Вы больше не участник организации. Обратитесь к администратору.",
            BrokerErrors.Disabled => "Учётная запись отключена. Обратитесь к администратору.",
            _ => $"{provider} не подтверждает, кто вы. Попробуйте ещё раз; если не поможет, сообщите администратору.",
        },
    };
}

/// <summary>What a page's <c>data-error</c> may be after a provider.</summary>
internal static class BrokerErrors
{
    public const string Denied = "broker_denied";
    public const string Unconfirmed = "broker_unconfirmed";
    public const string NoEmail = "broker_no_email";
    public const string ForeignEmail = "broker_foreign_email";
    public const string NotConnected = "broker_not_connected";
    public const string NoMember = "broker_no_member";
    public const string Disabled = "broker_disabled";
    public const string Unknown = "broker_unknown";
    public const string Unencrypted = "broker_unencrypted";
    public const string Unasked = "broker_unasked";
    public const string SignOut = "broker_signout";

    /// <summary>What people are told of an answer that was refused for this reason: no more than helps them.</summary>
    public static string Of(string reason) => reason == SamlAnswer.Unencrypted ? Unencrypted : Unconfirmed;
}
