namespace Platform.MailCatcher.Smtp;

/// <summary>Who sent a message to whom, by SMTP's word and not by the message's headers.</summary>
internal sealed record Envelope(string ClientName, string Sender, IReadOnlyList<string> Recipients);
