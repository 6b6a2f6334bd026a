using FluentValidation;
using Platform.Metadata.Fields;
using Platform.Validation;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Shapes;

/// <summary>Rules that all shapes share.</summary>
internal static class Texts
{
    public static IRuleBuilderOptions<T, string> Key<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(key => key.Length is > 0 and <= 63 && FieldRules.Key().IsMatch(key)).WithMessage(_ => Say(
            "Use lower case, digits and _, beginning with a letter: in_review.",
            "Nehmen Sie Kleinbuchstaben, Ziffern und _, am Anfang einen Buchstaben: in_review.",
            "Строчные латинские буквы, цифры и _, сначала буква: in_review."));

    /// <summary>A key, or nothing where the platform is to make one.</summary>
    public static IRuleBuilderOptions<T, string> OptionalKey<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(key => key.Length == 0 || (key.Length <= 63 && FieldRules.Key().IsMatch(key))).WithMessage(_ => Say(
            "Use lower case, digits and _, beginning with a letter, or leave it out.",
            "Nehmen Sie Kleinbuchstaben, Ziffern und _, am Anfang einen Buchstaben, oder lassen Sie es weg.",
            "Строчные латинские буквы, цифры и _, сначала буква, либо ничего."));

    public static IRuleBuilderOptions<T, string> Label<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage(_ => Say("A label is needed.", "Eine Bezeichnung fehlt.", "Нужно название.")).Text(100);

    public static IRuleBuilderOptions<T, IDictionary<string, string>> Translations<T>(this IRuleBuilder<T, IDictionary<string, string>> rule, int length = 100) =>
        rule.Must(texts => texts.All(text => IsLanguage(text.Key) && text.Value.Length > 0 && text.Value.Length <= length && !text.Value.Any(char.IsControl))).WithMessage(_ => Say(
            $"Use languages such as ru, and texts of at most {length} characters.",
            $"Nehmen Sie Sprachen wie ru und Texte von höchstens {length} Zeichen.",
            $"Языки вида ru и тексты не длиннее {length} знаков."));

    /// <summary>#1f6feb, or nothing.</summary>
    public static IRuleBuilderOptions<T, string> OptionalColor<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(color => color.Length == 0 || IsColor(color)).WithMessage(_ => Say("Use a colour such as #1f6feb.", "Nehmen Sie eine Farbe wie #1f6feb.", "Цвет вида #1f6feb."));

    public static IRuleBuilderOptions<T, IEnumerable<string>> Roles<T>(this IRuleBuilder<T, IEnumerable<string>> rule) =>
        rule.Must(roles => roles.Count() <= 50 && roles.All(role => role.Length is > 0 and <= 100) && roles.Distinct(StringComparer.Ordinal).Count() == roles.Count()).WithMessage(_ => Say(
            "Name at most 50 roles, each once.", "Nennen Sie höchstens 50 Rollen, jede einmal.", "Не больше 50 ролей, каждая один раз."));

    public static bool IsColor(string text) => text.Length == 7 && text[0] == '#' && text.Skip(1).All(char.IsAsciiHexDigit);

    private static bool IsLanguage(string text) => text.Length is >= 2 and <= 12 && text.All(c => char.IsAsciiLetter(c) || c == '-');
}
