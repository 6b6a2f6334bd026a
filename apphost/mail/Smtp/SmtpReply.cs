namespace Platform.MailCatcher.Smtp;

/// <summary>A reply: its code and one or more lines of text.</summary>
internal sealed record SmtpReply(int Code, params string[] Lines)
{
    public bool IsError => Code >= 400;

    public string ToWire() => string.Concat(Lines.Select((line, index) => $"{Code}{(index == Lines.Length - 1 ? ' ' : '-')}{line}\r\n"));
}
