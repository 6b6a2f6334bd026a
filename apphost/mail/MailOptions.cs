namespace Platform.MailCatcher;

/// <summary>Settings, section <c>Mail</c>.</summary>
internal sealed record MailOptions
{
    public const string Section = "Mail";

    /// <summary>Port of the SMTP receiver on loopback.</summary>
    public int SmtpPort { get; init; } = 1025;

    /// <summary>Port of the inbox page and the API on loopback.</summary>
    public int WebPort { get; init; } = 8025;

    /// <summary>Where messages are kept, one .eml file each.</summary>
    public string Directory { get; init; } = Path.Combine(".data", "mail");

    /// <summary>Largest message taken, in bytes; 25 MiB.</summary>
    public int MaxMessageSize { get; init; } = 25 * 1024 * 1024;

    /// <summary>Most recipients of one message.</summary>
    public int MaxRecipients { get; init; } = 100;

    /// <summary>Most SMTP connections at a time.</summary>
    public int MaxConnections { get; init; } = 64;

    /// <summary>How long an SMTP client may be silent.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Most messages kept; the oldest go first.</summary>
    public int MaxMessages { get; init; } = 5000;
}
