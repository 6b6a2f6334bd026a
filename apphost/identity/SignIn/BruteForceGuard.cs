using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Identity.Data;
using Platform.Identity.Realms;

namespace Platform.Identity.SignIn;

/// <summary>
/// Locks an account for a while after repeated failures, as the realm's brute-force settings say. An attempt is counted before
/// the password is looked at, so that many guesses at once gain nothing over one after another. Names that nobody has are locked
/// alike: the answer must not tell who has an account.
/// </summary>
internal sealed class BruteForceGuard(IdentityDbContext database, Realm realm, TimeProvider time)
{
    private RealmDocument Settings => realm.Settings;

    /// <summary>Counts an attempt; the answer is how long the account stays locked, or null when the password may be tried.</summary>
    public async Task<TimeSpan?> BeginAsync(string account, CancellationToken cancellationToken)
    {
        if (!Settings.BruteForceProtected) return null;
        var key = Digest(account);
        var now = time.GetUtcNow();
        var forgetBefore = now.AddSeconds(-Settings.MaxDeltaTimeSeconds);
        var quick = TimeSpan.FromMilliseconds(Settings.QuickLoginCheckMilliSeconds);
        var counted = await database.Database.SqlQuery<int>($"""
            insert into sign_in_failures as known (account, failures, last_failure_at, locked_until)
            values ({key}, 1, {now}, null)
            on conflict (account) do update set
                failures = case when known.last_failure_at < {forgetBefore} then 1 else known.failures + 1 end,
                last_failure_at = {now},
                locked_until = case
                    when known.last_failure_at < {forgetBefore} then null
                    when known.failures + 1 >= {Settings.FailureFactor} then {now}
                        + least({Settings.WaitIncrementSeconds} * ((known.failures + 1) / {Settings.FailureFactor}), {Settings.MaxFailureWaitSeconds})
                        * interval '1 second'
                    when {now} - known.last_failure_at < {quick} then {now} + {Settings.MinimumQuickLoginWaitSeconds} * interval '1 second'
                    end
            where known.locked_until is null or known.locked_until <= {now}
            returning failures as "Value"
            """).ToListAsync(cancellationToken);
        return counted.Count > 0 ? null : await RemainingAsync(key, now, cancellationToken);
    }

    /// <summary>Forgets the failures after the right password.</summary>
    public Task SucceedAsync(string account, CancellationToken cancellationToken)
    {
        var key = Digest(account);
        return database.SignInFailures.Where(row => row.Account == key).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>
    /// Takes back the one attempt of a right password that a second factor must follow: the failures before it still count, or
    /// whoever knows the password could guess codes for ever.
    /// </summary>
    public Task ForgiveAsync(string account, CancellationToken cancellationToken)
    {
        var key = Digest(account);
        return database.Database.ExecuteSqlAsync($"""
            update sign_in_failures set
                failures = greatest(failures - 1, 0),
                last_failure_at = last_failure_at - {Settings.QuickLoginCheckMilliSeconds} * interval '1 millisecond',
                locked_until = case when failures - 1 < {Settings.FailureFactor} then null else locked_until end
            where account = {key}
            """, cancellationToken);
    }

    /// <summary>How long the account is locked after the failure that was just counted, or null when it may try again.</summary>
    public Task<TimeSpan?> LockAsync(string account, CancellationToken cancellationToken) =>
        RemainingAsync(Digest(account), time.GetUtcNow(), cancellationToken);

    public Task PruneAsync(CancellationToken cancellationToken)
    {
        var forgetBefore = time.GetUtcNow().AddSeconds(-Settings.MaxDeltaTimeSeconds);
        return database.SignInFailures.Where(row => row.LastFailureAt < forgetBefore).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<TimeSpan?> RemainingAsync(string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lockedUntil = await database.SignInFailures.Where(row => row.Account == key)
            .Select(row => row.LockedUntil).SingleOrDefaultAsync(cancellationToken);
        return lockedUntil > now ? lockedUntil - now : null;
    }

    private static string Digest(string account) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(account.Trim().ToLowerInvariant())));
}
