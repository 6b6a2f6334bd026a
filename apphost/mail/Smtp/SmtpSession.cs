using System.Globalization;

namespace Platform.MailCatcher.Smtp;

/// <summary>The state of one SMTP conversation: a command in, a reply out. Knows nothing of sockets.</summary>
internal sealed class SmtpSession(MailOptions options)
{
    /// <summary>The reply that asks the client to send the message.</summary>
    public static readonly SmtpReply SendData = new(354, "End data with <CR><LF>.<CR><LF>");

    public static readonly SmtpReply Goodbye = new(221, "2.0.0 Bye");

    private static readonly SmtpReply BadSequence = new(503, "5.5.1 Bad sequence of commands");
    private static readonly SmtpReply TooLarge = new(552, "5.3.4 Message too large");

    private bool _greeted;
    private string? _sender;
    private readonly List<string> _recipients = [];

    /// <summary>Who the client says it is.</summary>
    public string ClientName { get; private set; } = "";

    /// <summary>The envelope gathered so far.</summary>
    public Envelope Envelope => new(ClientName, _sender ?? "", [.. _recipients]);

    public static SmtpReply Greeting => new(220, "localhost ESMTP mail catcher");

    public SmtpReply Handle(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
        var argument = space < 0 ? "" : line[(space + 1)..].Trim();
        return verb switch
        {
            "EHLO" => Hello(argument, extended: true),
            "HELO" => Hello(argument, extended: false),
            "MAIL" => Mail(argument),
            "RCPT" => Recipient(argument),
            "DATA" => Data(argument),
            "RSET" => Reset(),
            "NOOP" => new(250, "2.0.0 OK"),
            "QUIT" => Goodbye,
            "VRFY" => new(252, "2.1.5 Cannot verify, but will take the message"),
            "HELP" => new(214, "2.0.0 EHLO HELO MAIL RCPT DATA RSET NOOP QUIT VRFY HELP"),
            "EXPN" or "AUTH" or "STARTTLS" or "TURN" or "ETRN" => new(502, "5.5.1 Command not implemented"),
            _ => new(500, "5.5.2 Command not recognized"),
        };
    }

    /// <summary>Forgets the envelope; the next message may follow.</summary>
    public SmtpReply Reset()
    {
        _sender = null;
        _recipients.Clear();
        return new(250, "2.0.0 OK");
    }

    private SmtpReply Hello(string name, bool extended)
    {
        if (name.Length == 0)
            return new(501, "5.5.4 Who are you?");
        Reset();
        (_greeted, ClientName) = (true, name);
        var size = options.MaxMessageSize.ToString(CultureInfo.InvariantCulture);
        return extended
            ? new(250, "localhost", "PIPELINING", $"SIZE {size}", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES")
            : new(250, "localhost");
    }

    private SmtpReply Mail(string argument)
    {
        if (!_greeted || _sender is not null)
            return BadSequence;
        if (!SmtpPath.TryParse(argument, "FROM", out var path))
            return new(501, "5.1.7 Bad sender address");
        foreach (var (name, value) in path.Parameters)
        {
            if (RefusedParameter(name, value) is { } refusal)
                return refusal;
        }

        _sender = path.Address;
        return new(250, "2.1.0 OK");
    }

    private SmtpReply? RefusedParameter(string name, string value) => name.ToUpperInvariant() switch
    {
        "SIZE" when !long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) => new(501, "5.5.4 Bad SIZE"),
        "SIZE" when long.Parse(value, CultureInfo.InvariantCulture) > options.MaxMessageSize => TooLarge,
        "SIZE" or "SMTPUTF8" => null,
        "BODY" when value.ToUpperInvariant() is "7BIT" or "8BITMIME" => null,
        _ => new(555, "5.5.4 Parameter not recognized"),
    };

    private SmtpReply Recipient(string argument)
    {
        if (_sender is null)
            return BadSequence;
        if (!SmtpPath.TryParse(argument, "TO", out var path) || path.Address.Length == 0)
            return new(501, "5.1.3 Bad recipient address");
        if (path.Parameters.Count > 0)
            return new(555, "5.5.4 Parameter not recognized");
        if (_recipients.Count >= options.MaxRecipients)
            return new(452, "4.5.3 Too many recipients");
        if (RecipientRules.Refusal(path.Domain) is { } refusal)
            return refusal;
        _recipients.Add(path.Address);
        return new(250, "2.1.5 OK");
    }

    private SmtpReply Data(string argument)
    {
        if (argument.Length > 0)
            return new(501, "5.5.4 DATA takes no argument");
        return _recipients.Count == 0 ? BadSequence : SendData;
    }
}
