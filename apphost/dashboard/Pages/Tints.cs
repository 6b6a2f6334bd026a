namespace Platform.Dashboard.Pages;

/// <summary>Each resource has a colour of its own wherever it is named.</summary>
internal static class Tints
{
    private const int Count = 10;

    public static string Of(string resource)
    {
        var sum = 0;
        foreach (var letter in resource)
            sum = (sum * 31 + letter) % 9973;
        return $"tint{sum % Count}";
    }
}
