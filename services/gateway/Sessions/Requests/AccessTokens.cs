using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Platform.Gateway.Sessions.SignIn;
using Platform.Gateway.Sessions.Storage;

namespace Platform.Gateway.Sessions.Requests;

/// <summary>
/// Access tokens of sessions, renewed before they expire. A refresh token is good once, and its second use ends the whole
/// sign-in: so a session is renewed by one request of one replica at a time, which the others wait for.
/// </summary>
internal sealed class AccessTokens(SessionStore sessions, IdentityServer identity, IOptions<SessionOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, Lazy<Task<TokenOutcome>>> _running = new(StringComparer.Ordinal);
    private readonly SessionOptions _options = options.Value;

    /// <summary>A token that is good for the request.</summary>
    /// <exception cref="Grpc.Core.RpcException">The state store cannot be reached.</exception>
    public ValueTask<TokenOutcome> GetAsync(string key, Session session) =>
        IsFresh(session) ? new(new TokenOutcome.Valid(session.Tokens.Access)) : new(ShareAsync(key));

    // Not ended by one request's client that leaves: others wait for it too.
    private async Task<TokenOutcome> ShareAsync(string key)
    {
        var shared = _running.GetOrAdd(key, key => new Lazy<Task<TokenOutcome>>(() => RenewAsync(key)));
        try
        {
            return await shared.Value;
        }
        finally
        {
            _running.TryRemove(new(key, shared));
        }
    }

    private async Task<TokenOutcome> RenewAsync(string key)
    {
        using var deadline = new CancellationTokenSource(Turn + Turn, time);
        while (true)
        {
            var read = await sessions.ReadAsync(key, deadline.Token);
            if (read.Value is not { } session)
                return new TokenOutcome.Ended();
            if (IsFresh(session))
                return new TokenOutcome.Valid(session.Tokens.Access);
            if (session.RenewalUntil > time.GetUtcNow())
            {
                if (IsValid(session))
                    return new TokenOutcome.Valid(session.Tokens.Access);
                await Task.Delay(Poll, time, deadline.Token);
            }
            else if (await sessions.TrySaveAsync(key, session with { RenewalUntil = time.GetUtcNow() + Turn }, read.Version!, deadline.Token))
            {
                return await TakeTurnAsync(key, session, deadline.Token);
            }
        }
    }

    private async Task<TokenOutcome> TakeTurnAsync(string key, Session session, CancellationToken cancellationToken)
    {
        switch (await identity.RenewAsync(session.Tokens, cancellationToken))
        {
            case Renewal.Done { Tokens: var tokens }:
                if (await WriteAsync(key, current => current with { Tokens = tokens, RenewalUntil = null }, cancellationToken))
                    return new TokenOutcome.Valid(tokens.Access);
                // Signed out meanwhile: what was just issued must not outlive that.
                await identity.SignOutAsync(tokens, cancellationToken);
                return new TokenOutcome.Ended();
            case Renewal.Refused:
                await sessions.EndAsync(key, cancellationToken);
                return new TokenOutcome.Ended();
            default:
                await WriteAsync(key, current => current with { RenewalUntil = null }, cancellationToken);
                return IsValid(session) ? new TokenOutcome.Valid(session.Tokens.Access) : new TokenOutcome.Unavailable();
        }
    }

    // Others may write when the session was last seen, never the tokens.
    private async Task<bool> WriteAsync(string key, Func<Session, Session> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await sessions.ReadAsync(key, cancellationToken);
            if (read.Value is not { } session)
                return false;
            if (await sessions.TrySaveAsync(key, change(session), read.Version!, cancellationToken))
                return true;
        }
    }

    private bool IsFresh(Session session) => session.Tokens.AccessEndTime - time.GetUtcNow() > _options.RenewBefore;

    private bool IsValid(Session session) => session.Tokens.AccessEndTime > time.GetUtcNow();
}

/// <summary>What a session can offer a request.</summary>
internal abstract record TokenOutcome
{
    /// <summary>A token.</summary>
    internal sealed record Valid(string Token) : TokenOutcome;

    /// <summary>The session is over.</summary>
    internal sealed record Ended : TokenOutcome;

    /// <summary>The token has expired and the identity server cannot be asked for another one.</summary>
    internal sealed record Unavailable : TokenOutcome;
}
