using System.Text.RegularExpressions;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>The words and signs of an expression, taken one after another.</summary>
internal sealed partial class MatchTokens(string expression)
{
    private readonly Queue<string> _tokens = new(
        Token().Matches(expression).Select(match => match.Value).Where(token => !string.IsNullOrWhiteSpace(token)));

    /// <summary>What comes next; null at the end.</summary>
    public string? Peek => _tokens.TryPeek(out var token) ? token : null;

    public string Next() => _tokens.TryDequeue(out var token) ? token : throw new FormatException("it ends too early");

    public bool Accept(string token) => Peek == token && _tokens.TryDequeue(out _);

    public void Require(string token)
    {
        if (!Accept(token))
            throw new FormatException(Peek is { } other ? $"'{token}' is missing before '{other}'" : $"'{token}' is missing at the end");
    }

    public static bool IsName(string token) => Name().IsMatch(token);

    /// <summary>The text that a token in quotes stands for.</summary>
    public static string Unquote(string token)
    {
        try
        {
            return Regex.Unescape(token[1..^1]);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"{token} is no text", error);
        }
    }

    [GeneratedRegex("""&&|\|\||[=!<>]=|[!<>?:(),.\[\]]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_]\w*|-?\d+(?:\.\d+)?u?|\S""")]
    private static partial Regex Token();

    [GeneratedRegex(@"^[A-Za-z_]\w*$")]
    private static partial Regex Name();
}
