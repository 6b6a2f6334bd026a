using Platform.Identity.Pages;
using Platform.Identity.SignIn;
using Platform.Identity.Steps;

namespace Platform.Identity.Passwords;

/// <summary>The two fields of a new password, named as Keycloak's.</summary>
internal static class NewPassword
{
    public static Html Fields(StepTexts texts, Texts common, int minLength, bool isInvalid, bool autofocus = true)
    {
        var state = isInvalid ? Html.Of($""" aria-invalid="true" """) : Html.Empty;
        var focus = autofocus ? Html.Of($" autofocus") : Html.Empty;
        return Html.Of($"""
            <div class="field">
            <label for="password-new">{texts.NewPassword}</label>
            <div class="secret">
            <input id="password-new" name="password-new" type="password" autocomplete="new-password" required aria-describedby="password-hint"{state}{focus}>
            <button class="reveal" type="button" aria-pressed="false" aria-controls="password-new" aria-label="{common.ShowPassword}" hidden></button>
            </div>
            <p class="hint" id="password-hint">{texts.PasswordHint(minLength)}</p>
            </div>
            <div class="field">
            <label for="password-confirm">{texts.RepeatPassword}</label>
            <div class="secret">
            <input id="password-confirm" name="password-confirm" type="password" autocomplete="new-password" required{state}>
            <button class="reveal" type="button" aria-pressed="false" aria-controls="password-confirm" aria-label="{common.ShowPassword}" hidden></button>
            </div>
            </div>
            """);
    }

    public static (string Password, LoginMessage? Message) Read(IFormCollection form, StepTexts texts)
    {
        var password = form["password-new"].ToString();
        return password == form["password-confirm"].ToString()
            ? (password, null)
            : ("", new("passwords_differ", texts.PasswordsDiffer));
    }
}
