using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Otp;

/// <summary>Checks the second factor. A wrong code counts against the account like a wrong password; a right one is used up by being right.</summary>
internal sealed class OtpVerifier(Realm realm, RealmStore store, BruteForceGuard guard, TimeProvider time)
{
    public Totp Policy { get; } = new(
        realm.Settings.OtpPolicyAlgorithm, realm.Settings.OtpPolicyDigits, realm.Settings.OtpPolicyPeriod, realm.Settings.OtpPolicyLookAheadWindow);

    public async Task<SignInOutcome> VerifyAsync(RealmUser user, string code, CancellationToken cancellationToken)
    {
        if (await guard.BeginAsync(user.Username, cancellationToken) is { } locked) return new SignInOutcome.Locked(locked);
        if (await store.ChangeUserAsync(user.Id, profile => Spend(profile, code.Trim()), cancellationToken) is { } changed)
        {
            await guard.SucceedAsync(user.Username, cancellationToken);
            return new SignInOutcome.Success(changed);
        }
        return await guard.LockAsync(user.Username, cancellationToken) is { } nowLocked
            ? new SignInOutcome.Locked(nowLocked)
            : new SignInOutcome.WrongCredentials();
    }

    private UserDocument? Spend(UserDocument user, string code)
    {
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        foreach (var document in user.CredentialsOf(CredentialTypes.Otp))
        {
            var credential = OtpCredential.Read(document, Policy.Window);
            if (credential.Totp.Match(credential.Secret, digits, time.GetUtcNow(), credential.Data.LastStep) is { } step)
                return user with { Credentials = [.. user.Credentials.Select(one => one == document ? credential.Used(one, step) : one)] };
        }
        return RecoveryCodes.Spend(user.Credentials, code) is { } left ? user with { Credentials = left } : null;
    }
}
