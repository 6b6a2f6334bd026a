namespace Platform.Identity.Passwords;

/// <summary>Passwords that everybody tries first, and variations of them; the list is <c>common-passwords.txt</c>.</summary>
internal static class CommonPasswords
{
    /// <summary>The list's name in <c>passwordBlacklist(…)</c>.</summary>
    public const string List = "platform.txt";

    private static readonly HashSet<string> Known = Read();

    /// <summary>How many of the list are at least that long.</summary>
    public static int CountFrom(int length) => Known.Count(password => password.Length >= length);

    /// <summary>Also with digits and signs at its end, or with the word written twice.</summary>
    public static bool Contains(string password)
    {
        var plain = password.Trim().ToLowerInvariant();
        var bare = plain.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '!', '.', '?', '*', '#', '@', '-', '_');
        return Known.Contains(plain) || (bare.Length >= 5 && Known.Contains(bare)) || IsOneLetter(plain) || IsRun(plain) || IsTwice(plain, bare);
    }

    private static bool IsOneLetter(string password) => password.Distinct().Take(3).Count() < 3;

    private static bool IsRun(string password) => password.Zip(password.Skip(1)).All(pair => pair.Second == pair.First + 1)
        || password.Zip(password.Skip(1)).All(pair => pair.Second == pair.First + 1 || (pair.First == '9' && pair.Second == '0'));

    private static bool IsTwice(string password, string bare) =>
        IsDoubled(password) || (bare.Length > 0 && IsDoubled(bare));

    private static bool IsDoubled(string text) => text.Length % 2 == 0
        && text[..(text.Length / 2)] == text[(text.Length / 2)..] && Known.Contains(text[..(text.Length / 2)]);

    private static HashSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#')), StringComparer.Ordinal);
    }
}
