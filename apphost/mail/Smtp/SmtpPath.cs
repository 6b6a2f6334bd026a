using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Platform.MailCatcher.Smtp;

/// <summary>The argument of MAIL FROM and RCPT TO: an address in angle brackets, then parameters.</summary>
internal sealed record SmtpPath(string Address, IReadOnlyDictionary<string, string> Parameters)
{
    private const int LongestAddress = 254;
    private static readonly SearchValues<char> NotInDomain = SearchValues.Create(" <>,;\"\\");

    public string Domain => Address[(Address.LastIndexOf('@') + 1)..];

    /// <summary>Reads <c>FROM:&lt;a@b&gt; SIZE=10</c> after its keyword.</summary>
    public static bool TryParse(string text, string keyword, [NotNullWhen(true)] out SmtpPath? path)
    {
        path = null;
        if (!text.StartsWith(keyword + ":", StringComparison.OrdinalIgnoreCase))
            return false;
        var rest = text[(keyword.Length + 1)..].TrimStart();
        var end = ClosingBracket(rest);
        if (end < 0)
            return false;

        // A source route (@relay:user@domain) is obsolete; RFC 5321 says to ignore it.
        var address = rest[1..end];
        if (address.StartsWith('@') && address.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            address = address[(colon + 1)..];
        path = new SmtpPath(address, ParametersOf(rest[(end + 1)..]));
        return address.Length == 0 || IsAddress(address);
    }

    private static int ClosingBracket(string text)
    {
        if (!text.StartsWith('<'))
            return -1;
        var quoted = false;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quoted)
                i++;
            else if (text[i] == '"')
                quoted = !quoted;
            else if (text[i] == '>' && !quoted)
                return i;
        }

        return -1;
    }

    private static bool IsAddress(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1 && address.Length <= LongestAddress
            && !address.AsSpan(at).ContainsAny(NotInDomain) && !address.Any(char.IsControl);
    }

    private static Dictionary<string, string> ParametersOf(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = word.Split('=', 2);
            parameters[parts[0]] = parts.Length == 2 ? parts[1] : "";
        }

        return parameters;
    }
}
