using PhoneNumbers;

namespace Platform.Contacts.ContactPoints;

/// <summary>Phone numbers as E.164.</summary>
internal static class PhoneText
{
    private static readonly PhoneNumberUtil Known = PhoneNumberUtil.GetInstance();

    private const int LeastDigits = 4;

    /// <summary>What numbers in E.164 are like that have what somebody searches; null where that is no number.</summary>
    public static string? Pattern(string query)
    {
        var digits = string.Concat(query.Where(char.IsAsciiDigit)).TrimStart('0');
        return digits.Length < LeastDigits || query.Any(letter => !char.IsAsciiDigit(letter) && !" +-/().".Contains(letter, StringComparison.Ordinal)) ? null : $"%{digits}%";
    }

    /// <summary>The number as E.164 where it is a valid one; null where it is not understood.</summary>
    /// <param name="number">As it was typed; one that begins with + or 00 names its country itself.</param>
    /// <param name="country">ISO 3166-1 alpha-2, of a number without; empty where it is not known.</param>
    public static string? ToE164(string number, string? country)
    {
        var typed = number.Trim();
        if (typed.StartsWith("00", StringComparison.Ordinal))
            typed = $"+{typed[2..]}";
        var isWhole = typed.StartsWith('+') || typed.StartsWith('＋');
        if (typed.Length == 0 || (!isWhole && string.IsNullOrEmpty(country)))
            return null;
        try
        {
            var parsed = Known.Parse(typed, isWhole ? null : country);
            return Known.IsValidNumber(parsed) ? Known.Format(parsed, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
