using System.Text;
using MimeKit.Text;

namespace Platform.MailCatcher.Inbox;

internal static class HtmlText
{
    /// <summary>The words of an HTML document.</summary>
    public static string From(string html)
    {
        using var source = new StringReader(html);
        var tokenizer = new HtmlTokenizer(source) { DecodeCharacterReferences = true };
        var text = new StringBuilder();
        while (tokenizer.ReadNextToken(out var token))
        {
            if (token.Kind == HtmlTokenKind.Data)
                text.Append(((HtmlDataToken)token).Data);
            else if (token is HtmlTagToken { Id: HtmlTagId.P or HtmlTagId.Br or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 })
                text.Append('\n');
            else if (token is HtmlTagToken { Id: HtmlTagId.TD or HtmlTagId.TH })
                text.Append(' ');
        }

        return text.ToString();
    }
}
