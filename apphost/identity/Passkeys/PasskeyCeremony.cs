using System.Text;
using System.Text.Json;
using Fido2NetLib;
using Fido2NetLib.Objects;
using Platform.Identity.Realms;

namespace Platform.Identity.Passkeys;

/// <summary>Passkeys (WebAuthn): the browser proves that it holds a key of this server's, and the device that its person is there.</summary>
internal sealed class PasskeyCeremony(IdentityOptions options, Realm realm, RealmStore store)
{
    private readonly Fido2 _fido = new(new Fido2Configuration
    {
        RPID = options.PublicUrl.Host,
        RPName = realm.DisplayName,
        Origins = new HashSet<string> { options.PublicUrl.GetLeftPart(UriPartial.Authority) },
        ChallengeSize = 32,
    });

    /// <summary>What the browser is asked when a key is made.</summary>
    public string NewKey(RealmUser user) => _fido.RequestNewCredential(new RequestNewCredentialParams
    {
        User = new Fido2User { Id = Encoding.UTF8.GetBytes(user.Id), Name = user.Username, DisplayName = user.FullName },
        ExcludeCredentials = [.. Of(user).Select(key => new PublicKeyCredentialDescriptor(key.Id))],
        AuthenticatorSelection = new AuthenticatorSelection
        {
            ResidentKey = ResidentKeyRequirement.Required,
            UserVerification = UserVerificationRequirement.Required,
        },
        AttestationPreference = AttestationConveyancePreference.None,
    }).ToJson();

    /// <summary>What the browser is asked when a key is used: any key of this server's will do, it says itself whose it is.</summary>
    public string Challenge() => _fido.GetAssertionOptions(new GetAssertionOptionsParams { UserVerification = UserVerificationRequirement.Required }).ToJson();

    /// <summary>The new key, or null when the answer proves none.</summary>
    public async Task<PasskeyCredential?> RegisterAsync(string asked, string answer, CancellationToken cancellationToken)
    {
        try
        {
            var made = await _fido.MakeNewCredentialAsync(new MakeNewCredentialParams
            {
                AttestationResponse = JsonSerializer.Deserialize<AuthenticatorAttestationRawResponse>(answer)!,
                OriginalOptions = CredentialCreateOptions.FromJson(asked),
                IsCredentialIdUniqueToUserCallback = (key, _) => Task.FromResult(!realm.AllUsers.SelectMany(Of).Any(other => other.Id.AsSpan().SequenceEqual(key.CredentialId))),
            }, cancellationToken);
            return new PasskeyCredential(made.Id, made.PublicKey, made.SignCount);
        }
        catch (Exception exception) when (IsBadAnswer(exception))
        {
            return null;
        }
    }

    /// <summary>The person whose key it is, or null when the answer proves nothing.</summary>
    public async Task<RealmUser?> VerifyAsync(string asked, string answer, CancellationToken cancellationToken)
    {
        try
        {
            var response = JsonSerializer.Deserialize<AuthenticatorAssertionRawResponse>(answer)!;
            if (response.Response.UserHandle is not { } handle || realm.FindUser(Encoding.UTF8.GetString(handle)) is not { } user) return null;
            if (Find(user.Profile, response.RawId) is not { } document) return null;
            var key = PasskeyCredential.Read(document);
            var proof = await _fido.MakeAssertionAsync(new MakeAssertionParams
            {
                AssertionResponse = response,
                OriginalOptions = AssertionOptions.FromJson(asked),
                StoredPublicKey = key.PublicKey,
                StoredSignatureCounter = key.Counter,
                IsUserHandleOwnerOfCredentialIdCallback = (_, _) => Task.FromResult(true),
            }, cancellationToken);
            return await store.ChangeUserAsync(user.Id, profile => profile with
            {
                Credentials = [.. profile.Credentials.Select(other => other.Id == document.Id ? key.Used(other, proof.SignCount) : other)],
            }, cancellationToken);
        }
        catch (Exception exception) when (IsBadAnswer(exception))
        {
            return null;
        }
    }

    private static IEnumerable<PasskeyCredential> Of(RealmUser user) => user.Profile.CredentialsOf(CredentialTypes.Passkey).Select(PasskeyCredential.Read);

    private static CredentialDocument? Find(UserDocument user, byte[] id) => user.CredentialsOf(CredentialTypes.Passkey)
        .FirstOrDefault(document => PasskeyCredential.Read(document).Id.AsSpan().SequenceEqual(id));

    private static bool IsBadAnswer(Exception exception) =>
        exception is Fido2VerificationException or JsonException or FormatException or ArgumentException or NullReferenceException or InvalidOperationException
            or System.Formats.Cbor.CborContentException or System.Security.Cryptography.CryptographicException;
}
