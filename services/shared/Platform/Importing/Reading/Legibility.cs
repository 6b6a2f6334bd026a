namespace Platform.Importing.Reading;

/// <summary>Whether text reads as names and addresses of one script do; where it does, the guess of its encoding needs no more proof.</summary>
internal static class Legibility
{
    private const string Marks = "«»„“”‘’–—…№€§°®©™\u00a0";

    public static bool IsCyrillic(string text) => text.All(c => IsCommon(c) || c is >= '\u0400' and <= '\u04ff');

    public static bool IsWestern(string text) => text.All(c => IsCommon(c) || c is >= 'À' and <= 'ÿ' and not ('×' or '÷') or 'Œ' or 'œ' or 'Š' or 'š' or 'Ž' or 'ž' or 'Ÿ');

    private static bool IsCommon(char c) => char.IsAscii(c) || Marks.Contains(c, StringComparison.Ordinal);
}
