using MimeKit;
using Platform.Identity.Pages;

namespace Platform.Identity.Mail;

/// <summary>A letter as text and as HTML; the link can be read in both.</summary>
internal static class LetterFormat
{
    public static MimeMessage Compose(Letter letter, MailboxAddress from)
    {
        var message = new MimeMessage { Subject = letter.Subject };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(letter.ToName, letter.To));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Body = new BodyBuilder { TextBody = Text(letter), HtmlBody = Markup(letter).Value }.ToMessageBody();
        return message;
    }

    private static string Text(Letter letter) =>
        string.Join("\n\n", letter.Link is null ? letter.Paragraphs : [letter.Paragraphs[0], letter.Link, .. letter.Paragraphs.Skip(1)]) + "\n";

    // Mail programs know no style sheets worth the name: the few styles stand at the elements.
    private static Html Markup(Letter letter) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="{letter.Language.Code()}"><body style="margin:0;padding:32px 16px;background:#f4f5fb;color:#14152b;font:16px/1.5 system-ui,'Segoe UI',Roboto,Arial,sans-serif">
        <div style="max-width:480px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #dcdef0;border-radius:14px">
        <p style="margin:0 0 20px;font-weight:650">Platform</p>
        <h1 style="margin:0 0 16px;font-size:22px;line-height:1.25">{letter.Subject}</h1>
        <p style="margin:0 0 20px">{letter.Paragraphs[0]}</p>
        {Button(letter)}
        {letter.Paragraphs.Skip(1).Select(paragraph => Html.Of($"""<p style="margin:0 0 12px;color:#5a5d78;font-size:14px">{paragraph}</p>"""))}
        </div></body></html>
        """);

    private static Html Button(Letter letter) => Html.When(letter.Link is not null, $"""
        <p style="margin:0 0 20px"><a href="{letter.Link}" style="display:inline-block;padding:12px 22px;border-radius:10px;background:#4f46e5;color:#ffffff;font-weight:620;text-decoration:none">{letter.ButtonText}</a></p>
        """);
}
