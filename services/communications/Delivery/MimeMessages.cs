using System.Text;
using MimeKit;
using Platform.Communications.Emails;

namespace Platform.Communications.Delivery;

/// <summary>Writes e-mails as MIME; MimeKit encodes every header value, so none of them can end its line.</summary>
internal static class MimeMessages
{
    public static MimeMessage Compose(Email email, MailboxAddress sender)
    {
        var message = new MimeMessage
        {
            MessageId = email.MessageId.Trim('<', '>'),
            Date = email.CreateTime,
            Subject = email.Subject,
            Body = new BodyBuilder { TextBody = email.TextBody, HtmlBody = email.HtmlBody.Length > 0 ? email.HtmlBody : null }.ToMessageBody(),
        };
        message.From.Add(sender);
        message.To.Add(new MailboxAddress(Encoding.UTF8, email.ToName, email.To));
        message.Body.Headers[HeaderId.ContentLanguage] = email.Language;
        // RFC 3834: keeps out-of-office answers away.
        message.Headers[HeaderId.AutoSubmitted] = "auto-generated";
        return message;
    }
}
