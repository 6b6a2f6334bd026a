using System.Threading.Channels;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Platform.Identity.Mail;

/// <summary>
/// Sends mail behind the request: nobody waits for it, and nobody can tell by waiting whether there was any. What is written is
/// decided behind the request as well, because looking somebody up takes time too.
/// </summary>
internal sealed partial class Mailer(MailSettings? settings, TimeProvider time, ILogger<Mailer> logger) : BackgroundService
{
    private const int Attempts = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private readonly Channel<Func<Letter?>> _queue = Channel.CreateBounded<Func<Letter?>>(10_000);

    /// <summary>False when too much waits already.</summary>
    public bool Enqueue(Func<Letter?> write) => _queue.Writer.TryWrite(write);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var write in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            if (write() is { } letter) await SendAsync(letter, stoppingToken);
        }
    }

    private async Task SendAsync(Letter letter, CancellationToken stoppingToken)
    {
        if (settings is null)
        {
            LogNoServer(logger);
            return;
        }
        using var message = LetterFormat.Compose(letter, settings.From);
        for (var (attempt, pause) = (1, FirstPause); !await TrySendAsync(message, attempt, stoppingToken) && attempt < Attempts; attempt++, pause *= 3)
            await Task.Delay(pause, time, stoppingToken);
    }

    private async Task<bool> TrySendAsync(MimeMessage message, int attempt, CancellationToken stoppingToken)
    {
        try
        {
            using var client = new SmtpClient { Timeout = 15_000 };
            await client.ConnectAsync(settings!.Host, settings.Port, settings.Security, stoppingToken);
            if (settings.User is { } user) await client.AuthenticateAsync(user, settings.Password ?? "", stoppingToken);
            await client.SendAsync(message, stoppingToken);
            await client.DisconnectAsync(true, stoppingToken);
            return true;
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or ProtocolException or CommandException
            or MailKit.Security.AuthenticationException or MailKit.Security.SslHandshakeException or TimeoutException)
        {
            LogFailed(logger, attempt, exception.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} to send a mail failed: {Error}")]
    private static partial void LogFailed(ILogger logger, int attempt, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail was not sent: the realm file has no smtpServer")]
    private static partial void LogNoServer(ILogger logger);
}
