using System.Text;
using Microsoft.AspNetCore.Connections;
using Platform.MailCatcher.Inbox;

namespace Platform.MailCatcher.Smtp;

/// <summary>Serves one SMTP connection (RFC 5321 with SIZE, 8BITMIME, SMTPUTF8 and PIPELINING).</summary>
internal sealed partial class SmtpConnectionHandler(MailOptions options, MailStore store, TimeProvider time, ILogger<SmtpConnectionHandler> logger) : ConnectionHandler
{
    private const int MostErrors = 20;

    private int _open;

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        using var idle = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, idle.Token);
        try
        {
            if (Interlocked.Increment(ref _open) <= options.MaxConnections)
                await ConverseAsync(connection, idle, stop.Token);
            else
                await ReplyAsync(connection, new(421, "4.3.2 Too many connections"), stop.Token);
        }
        catch (SmtpLineTooLongException)
        {
            await ReplyAsync(connection, new(500, "5.5.2 Line too long"), connection.ConnectionClosed);
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested)
        {
            await ReplyAsync(connection, new(421, "4.4.2 Idle for too long"), connection.ConnectionClosed);
        }
        catch (Exception failure) when (failure is OperationCanceledException or ConnectionAbortedException or ConnectionResetException)
        {
            Log.Gone(logger);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task ConverseAsync(ConnectionContext connection, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        var reader = new SmtpReader(connection.Transport.Input);
        var session = new SmtpSession(options);
        await ReplyAsync(connection, SmtpSession.Greeting, cancellationToken);
        for (var errors = 0; errors < MostErrors;)
        {
            idle.CancelAfter(options.IdleTimeout);
            if (await reader.ReadCommandAsync(cancellationToken) is not { } line)
                return;
            var reply = session.Handle(line);
            await ReplyAsync(connection, reply, cancellationToken);
            errors += reply.IsError ? 1 : 0;
            if (reply == SmtpSession.Goodbye)
                return;
            if (reply == SmtpSession.SendData)
                await ReceiveAsync(connection, reader, session, cancellationToken);
        }

        await ReplyAsync(connection, new(421, "4.7.0 Too many errors"), cancellationToken);
    }

    private async Task ReceiveAsync(ConnectionContext connection, SmtpReader reader, SmtpSession session, CancellationToken cancellationToken)
    {
        if (await reader.ReadMessageAsync(options.MaxMessageSize, cancellationToken) is not { } message)
            return;
        var envelope = session.Envelope;
        session.Reset();
        await ReplyAsync(connection, message.IsTooLarge ? new(552, "5.3.4 Message too large") : Keep(envelope, message), cancellationToken);
    }

    private SmtpReply Keep(Envelope envelope, IncomingMessage message)
    {
        try
        {
            var kept = store.Add(envelope, message.Content.Span);
            Log.Kept(logger, kept.Id, envelope.Recipients.Count, kept.Size);
            return new(250, $"2.0.0 OK, kept as {kept.Id}");
        }
        catch (IOException failure)
        {
            Log.NotKept(logger, failure);
            return new(451, "4.3.1 The message could not be written to disk");
        }
    }

    private static async Task ReplyAsync(ConnectionContext connection, SmtpReply reply, CancellationToken cancellationToken) =>
        await connection.Transport.Output.WriteAsync(Encoding.UTF8.GetBytes(reply.ToWire()), cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Message {Id} kept: {Recipients} recipients, {Size} bytes")]
        public static partial void Kept(ILogger logger, Guid id, int recipients, long size);

        [LoggerMessage(2, LogLevel.Error, "A message could not be written to disk")]
        public static partial void NotKept(ILogger logger, Exception failure);

        [LoggerMessage(3, LogLevel.Debug, "The client went away")]
        public static partial void Gone(ILogger logger);
    }
}
