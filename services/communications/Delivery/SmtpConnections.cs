using System.Collections.Concurrent;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Platform.Communications.Delivery;

/// <summary>
/// Connections to the mail server, used again while there is work. As many as attempts run at the same time, since an attempt
/// takes one and brings it back.
/// </summary>
internal sealed class SmtpConnections(SmtpSettings settings) : IDisposable
{
    private readonly ConcurrentBag<SmtpClient> _idle = [];

    /// <summary>Hands the message over; never throws for what a server or a network does.</summary>
    public async Task<SmtpOutcome> SendAsync(MimeMessage message)
    {
        // Not ended by a shutdown: an attempt that has begun is finished, or nobody would know whether the server took it.
        using var timeout = new CancellationTokenSource(settings.Timeout);
        SmtpClient? client = null;
        try
        {
            client = await RentAsync(timeout.Token);
            await client.SendAsync(message, timeout.Token);
            _idle.Add(client);
            return SmtpOutcome.Accepted;
        }
        catch (SmtpCommandException refusal) when (client is not null)
        {
            await ReturnAsync(client, timeout.Token);
            var answer = $"{(int)refusal.StatusCode} {refusal.Message}";
            return (int)refusal.StatusCode >= 500 ? SmtpOutcome.Refused(answer) : SmtpOutcome.FailedForNow(answer);
        }
        catch (Exception failure) when (IsOfTheNetwork(failure))
        {
            client?.Dispose();
            return SmtpOutcome.FailedForNow(timeout.IsCancellationRequested ? $"No answer within {settings.Timeout.TotalSeconds:0} s." : failure.Message);
        }
    }

    /// <summary>Says goodbye to the server when there is nothing to do.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryTake(out var client))
        {
            using (client)
                await QuitAsync(client, cancellationToken);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var client))
            client.Dispose();
    }

    private async Task<SmtpClient> RentAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryTake(out var idle))
        {
            if (await IsAliveAsync(idle, cancellationToken))
                return idle;
            idle.Dispose();
        }

        var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Tls, cancellationToken);
            if (settings.User.Length > 0)
                await client.AuthenticateAsync(settings.User, settings.Password, cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    // Found out before the message is sent: afterwards nobody could tell whether a lost connection had taken it.
    private static async Task<bool> IsAliveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.NoOpAsync(cancellationToken);
            return true;
        }
        catch (Exception failure) when (IsOfTheNetwork(failure) && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task ReturnAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        if (client.IsConnected && await IsAliveAsync(client, cancellationToken))
            _idle.Add(client);
        else
            client.Dispose();
    }

    private static async Task QuitAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception failure) when (IsOfTheNetwork(failure))
        {
            // The server has closed it first.
        }
    }

    private static bool IsOfTheNetwork(Exception failure) => failure
        is SmtpCommandException or SmtpProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException
        or AuthenticationException or SslHandshakeException or IOException or SocketException or TimeoutException or OperationCanceledException
        or NotSupportedException;
}
