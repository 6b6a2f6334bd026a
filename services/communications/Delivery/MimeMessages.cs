using System.Net;
using System.Text;
using MimeKit;
using Platform.Communications.Emails;

namespace Platform.Communications.Delivery;

/// <summary>Writes e-mails as MIME; MimeKit encodes every header value, so none of them can end its line.</summary>
internal static class MimeMessages
{
    /// <param name="email">What is said.</param>
    /// <param name="enclosures">What goes with it.</param>
    /// <param name="sender">From whom it is.</param>
    public static MimeMessage Compose(Email email, IReadOnlyCollection<EmailEnclosure> enclosures, MailboxAddress sender)
    {
        var link = enclosures.Select(part => part.Link).FirstOrDefault(address => address is not null) ?? EmailEnclosure.LinkMark;
        var body = new BodyBuilder { TextBody = Told(email.TextBody, link), HtmlBody = email.HtmlBody.Length > 0 ? Told(email.HtmlBody, WebUtility.HtmlEncode(link)) : null };
        foreach (var file in enclosures.Where(part => part.Link is null))
            body.Attachments.Add(file.Name, file.Content, ContentType.Parse(file.ContentType));
        var message = new MimeMessage
        {
            MessageId = email.MessageId.Trim('<', '>'),
            Date = email.CreateTime,
            Subject = email.Subject,
            Body = body.ToMessageBody(),
        };
        message.From.Add(sender);
        message.To.Add(new MailboxAddress(Encoding.UTF8, email.ToName, email.To));
        message.Body.Headers[HeaderId.ContentLanguage] = email.Language;
        // RFC 3834: keeps out-of-office answers away.
        message.Headers[HeaderId.AutoSubmitted] = "auto-generated";
        return message;
    }

    private static string Told(string text, string link) => text.Replace(EmailEnclosure.LinkMark, link, StringComparison.Ordinal);
}
