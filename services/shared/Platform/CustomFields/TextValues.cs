using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.CustomFields;

/// <summary>Texts and what is written as text.</summary>
internal static class TextValues
{
    public const int LineLength = 1_000;
    public const int LinesLength = 20_000;
    private const int PhoneLength = 50;
    private const int UrlLength = 2_000;

    public static ReadValue Line(Field field, Value value) =>
        Text(value, out var text) ?? (text.Any(char.IsControl) ? "Use one line of text." : Sized(field, text, LineLength));

    public static ReadValue Lines(Field field, Value value) => Text(value, out var text)
        ?? (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? "Control characters are not allowed." : Sized(field, text, LinesLength));

    public static ReadValue Email(Value value) =>
        Text(value, out var text) ?? (Rules.IsEmail(text) ? Value.ForString(text) : "Use an e-mail address such as name@company.example.");

    public static ReadValue Phone(Value value) => Text(value, out var text)
        ?? (text.Length <= PhoneLength && text.Count(char.IsAsciiDigit) >= 3 && text.All(c => char.IsAsciiDigit(c) || "+ ()-./".Contains(c, StringComparison.Ordinal))
            ? Value.ForString(text)
            : "Use a telephone number such as +49 30 1234567.");

    public static ReadValue Url(Value value) => Text(value, out var text)
        ?? (text.Length <= UrlLength && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0
            ? Value.ForString(text)
            : "Use an address such as https://company.example.");

    private static ReadValue? Text(Value value, out string text)
    {
        text = value.StringValue.Trim();
        if (value.KindCase != Value.KindOneofCase.StringValue)
            return "Use a text.";
        // A half of a surrogate pair is no character, and U+0000 is one that PostgreSQL cannot keep.
        if (text.Contains('\0', StringComparison.Ordinal) || HasHalfPair(text))
            return "The text holds what is no character.";
        return null;
    }

    private static ReadValue Sized(Field field, string text, int limit)
    {
        var most = field.MaximumLength > 0 ? Math.Min(field.MaximumLength, limit) : limit;
        return text.Length > most ? Say($"At most {most} characters.")
            : text.Length < field.MinimumLength ? Say($"At least {field.MinimumLength} characters.")
            : Value.ForString(text);
    }

    private static bool HasHalfPair(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
                return true;
        }

        return false;
    }
}
