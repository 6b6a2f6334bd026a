using System.Text.Json.Serialization;
using Platform.Identity.Realms;
using Platform.Identity.Tokens;

namespace Platform.Identity.Hosting;

/// <summary>The document at the realm's own address.</summary>
internal sealed record RealmAnswer(
    string Realm,
    [property: JsonPropertyName("public_key")] string PublicKey,
    [property: JsonPropertyName("token-service")] string TokenService,
    [property: JsonPropertyName("account-service")] string AccountService,
    [property: JsonPropertyName("tokens-not-before")] int TokensNotBefore);

internal static class RealmInformation
{
    public static IResult Handle(Realm realm, RealmAddresses addresses, TokenKeys keys) => Results.Json(
        new RealmAnswer(realm.Name, keys.PublicKey, $"{addresses.Issuer}/protocol/openid-connect", $"{addresses.Issuer}/account", 0),
        AnswerJson.Default.RealmAnswer);
}
