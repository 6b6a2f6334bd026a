using Platform.Identity.Pages;

namespace Platform.Identity.Consents;

internal sealed record ConsentTexts
{
    public required string Title { get; init; }
    public required Func<string, string> Lead { get; init; }
    public required string As { get; init; }
    public required string Allow { get; init; }
    public required string Deny { get; init; }
    public required string Hint { get; init; }
    public required string RegisteredBy { get; init; }
    public required string LeadsTo { get; init; }

    public static ConsentTexts In(Language language) => language == Language.Russian ? Russian : English;

    private static readonly ConsentTexts English = new()
    {
        Title = "Allow access?",
        Lead = application => $"{application} would like to:",
        As = "You are signed in as",
        Allow = "Allow",
        Deny = "Do not allow",
        Hint = "The application never sees your password. You can take this back at any time on your account page.",
        RegisteredBy = "The application was registered by",
        LeadsTo = "Then you go on to",
    };

    private static readonly ConsentTexts Russian = new()
    {
        Title = "Разрешить доступ?",
        Lead = application => $"{application} просит разрешения:",
        As = "Вы вошли как",
        Allow = "Разрешить",
        Deny = "Не разрешать",
        Hint = "Приложение не видит вашего пароля. Разрешение можно отозвать на странице учётной записи.",
        RegisteredBy = "Приложение зарегистрировала организация",
        LeadsTo = "Затем вы перейдёте на",
    };
}
