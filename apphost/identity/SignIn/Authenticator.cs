using Platform.Identity.Passwords;
using Platform.Identity.Realms;

namespace Platform.Identity.SignIn;

/// <summary>What came of a name and a password.</summary>
internal abstract record SignInOutcome
{
    public sealed record Success(RealmUser User) : SignInOutcome;

    public sealed record WrongCredentials : SignInOutcome;

    public sealed record Locked(TimeSpan For) : SignInOutcome;
}

internal sealed class Authenticator(Realm realm, BruteForceGuard guard)
{
    // Hashing is slow on purpose; a few at a time keep a flood of sign-ins from starving everything else of processors.
    private static readonly SemaphoreSlim Hashing = new(Math.Max(1, Environment.ProcessorCount));

    public async Task<SignInOutcome> AuthenticateAsync(string login, string password, CancellationToken cancellationToken)
    {
        var user = realm.FindByLogin(login);
        var account = user?.Username ?? login;
        if (await guard.BeginAsync(account, cancellationToken) is { } locked) return new SignInOutcome.Locked(locked);
        if (await VerifyAsync(user?.Password, password, cancellationToken) && user is not null)
        {
            if (user.HasOtp) await guard.ForgiveAsync(account, cancellationToken);
            else await guard.SucceedAsync(account, cancellationToken);
            return new SignInOutcome.Success(user);
        }
        return await guard.LockAsync(account, cancellationToken) is { } nowLocked
            ? new SignInOutcome.Locked(nowLocked)
            : new SignInOutcome.WrongCredentials();
    }

    private static async Task<bool> VerifyAsync(PasswordHash? hash, string password, CancellationToken cancellationToken)
    {
        await Hashing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => (hash ?? PasswordHash.Nobody).Verify(password) && hash is not null, cancellationToken);
        }
        finally
        {
            Hashing.Release();
        }
    }
}
