namespace Platform.MailCatcher.Inbox;

/// <summary>A caught message as the list shows it.</summary>
/// <param name="Id">UUIDv7, in the order of arrival.</param>
/// <param name="ReceivedAt">When the message arrived.</param>
/// <param name="Sender">Sender of the envelope; empty for notifications of failure.</param>
/// <param name="Recipients">Recipients of the envelope, blind copies included.</param>
/// <param name="From">The From header, for people.</param>
/// <param name="To">The To header, for people.</param>
/// <param name="Subject">The subject, decoded.</param>
/// <param name="Preview">The first words of the text.</param>
/// <param name="Size">Bytes on disk.</param>
/// <param name="AttachmentCount">Number of attachments.</param>
internal sealed record MessageSummary(
    Guid Id,
    DateTimeOffset ReceivedAt,
    string Sender,
    IReadOnlyList<string> Recipients,
    string From,
    string To,
    string Subject,
    string Preview,
    long Size,
    int AttachmentCount);
