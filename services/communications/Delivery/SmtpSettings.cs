using MailKit.Security;
using MimeKit;

namespace Platform.Communications.Delivery;

/// <summary>The server that takes the mail; section <c>Smtp</c>.</summary>
internal sealed record SmtpSettings
{
    public const string Section = "Smtp";

    public string Host { get; init; } = "localhost";

    public int Port { get; init; } = 1025;

    /// <summary>Address of the sender, with or without a name.</summary>
    public string From { get; init; } = "Platform <no-reply@platform.example>";

    /// <summary>Empty: no authentication.</summary>
    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>None, StartTls, StartTlsWhenAvailable, SslOnConnect or Auto.</summary>
    public SecureSocketOptions Tls { get; init; } = SecureSocketOptions.StartTlsWhenAvailable;

    /// <summary>How long an attempt may take, connecting included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The From address.</summary>
    public MailboxAddress Sender => MailboxAddress.Parse(From);

    /// <summary>The right-hand side of message ids.</summary>
    public string SenderDomain => Sender.Domain;
}
