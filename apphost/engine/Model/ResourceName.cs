namespace Platform.LocalHost.Model;

/// <summary>The rules that the official packages check at compile time (ASPIRE006).</summary>
internal static class ResourceName
{
    private const int Longest = 64;

    public static void Check(string kind, string name)
    {
        var valid = name.Length is > 0 and <= Longest
            && char.IsAsciiLetter(name[0])
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
            && !name.Contains("--", StringComparison.Ordinal)
            && !name.EndsWith('-');
        if (!valid)
            throw new ArgumentException($"The {kind} name '{name}' is not valid: at most {Longest} ASCII letters, digits and single hyphens, a letter first, no hyphen last.", nameof(name));
    }
}
