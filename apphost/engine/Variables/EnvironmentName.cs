namespace Platform.LocalHost.Variables;

internal static class EnvironmentName
{
    /// <summary>A resource's name as the beginning of a variable: upper case, everything but letters and digits an underscore.</summary>
    public static string Encode(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_'));
}
