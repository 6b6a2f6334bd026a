namespace Platform.Search.Texts;

/// <summary>Whole values by which a record is found exactly: e-mail addresses, phones, numbers. They stand among the words, behind a sign that no word has.</summary>
internal static class Keys
{
    /// <summary>What every key begins with.</summary>
    public const char Sign = '=';

    private const int LeastDigits = 5;

    // What is behind the country's code, or behind the digit that stands for it within the country.
    private const int NationalDigits = 10;

    /// <summary>The key of a value as it is written, without regard to case and spaces at its ends.</summary>
    public static string OfText(string value) => Sign + Words.BeginningOf(value.Trim().ToLowerInvariant(), Words.MaxLength);

    /// <summary>The key of a phone; null where it is none.</summary>
    public static string? OfPhone(string value) => DigitsOf(value) is { } digits ? Sign + (digits.Length > NationalDigits ? digits[^NationalDigits..] : digits) : null;

    /// <summary>The digits of what may be a phone; null where there are letters or too few digits.</summary>
    public static string? DigitsOf(string value)
    {
        if (value.Length > Words.MaxLength || value.Any(letter => !char.IsAsciiDigit(letter) && letter is not (' ' or '+' or '-' or '(' or ')' or '.' or '/' or '\u00a0')))
            return null;
        var digits = string.Concat(value.Where(char.IsAsciiDigit));
        return digits.Length < LeastDigits ? null : digits;
    }

    /// <summary>What of it someone may begin to type: all digits, and those without the country.</summary>
    public static IEnumerable<string> BeginningsOf(string phone) =>
        DigitsOf(phone) is not { } digits ? [] : digits.Length > NationalDigits ? [digits, digits[^NationalDigits..]] : [digits];
}
