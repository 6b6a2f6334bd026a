using MimeKit;

namespace Platform.MailCatcher.Inbox;

internal static class MessageReader
{
    public const string RecipientHeader = "X-Original-To";

    private const int PreviewLength = 140;

    public static MessageSummary Summarize(Guid id, string path)
    {
        using var message = MimeMessage.Load(path);
        return new MessageSummary(
            id,
            ReceivedAt(id),
            (message.Headers[HeaderId.ReturnPath] ?? "").Trim().Trim('<', '>'),
            [.. Recipients(message)],
            message.From.ToString(),
            message.To.ToString(),
            message.Subject ?? "",
            Preview(message),
            new FileInfo(path).Length,
            message.Attachments.Count());
    }

    /// <summary>The text of the message; made from the HTML when there is no other.</summary>
    public static string TextOf(MimeMessage message) => message.TextBody ?? HtmlText.From(message.HtmlBody ?? "");

    /// <summary>All parts that are files or pictures, in the order of the message; their position names them in addresses.</summary>
    public static IReadOnlyList<MimeEntity> FilesOf(MimeMessage message) =>
        [.. message.BodyParts.Where(part => part.IsAttachment || part is not TextPart)];

    // Received lines of other servers stand below ours, so only the first headers of the file are the envelope's.
    private static IEnumerable<string> Recipients(MimeMessage message) =>
        message.Headers.Skip(1).TakeWhile(header => header.Field == RecipientHeader).Select(header => header.Value.Trim());

    private static string Preview(MimeMessage message)
    {
        var words = string.Join(' ', TextOf(message).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(40));
        return words.Length <= PreviewLength ? words : string.Concat(words.AsSpan(0, PreviewLength).TrimEnd(), "…");
    }

    // A UUIDv7 begins with its time of creation in milliseconds.
    private static DateTimeOffset ReceivedAt(Guid id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(id.ToString("N")[..12], 16));
}
