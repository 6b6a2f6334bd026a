using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Identity.Realms;

namespace Platform.Identity.Passkeys;

/// <summary>A passkey as it is kept: the public half of a key, and how often the device has counted its use.</summary>
internal sealed record PasskeyCredential(byte[] Id, byte[] PublicKey, uint Counter)
{
    public static PasskeyCredential Read(CredentialDocument document)
    {
        var data = JsonSerializer.Deserialize(document.CredentialData ?? "{}", PasskeyJson.Default.PasskeyData)!;
        return new(Convert.FromBase64String(data.CredentialId), Convert.FromBase64String(data.CredentialPublicKey), data.Counter);
    }

    public CredentialDocument Create(string label, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now).ToString(),
        Type = CredentialTypes.Passkey,
        UserLabel = label,
        CreatedDate = now.ToUnixTimeMilliseconds(),
        SecretData = "{}",
        CredentialData = Data(),
    };

    public CredentialDocument Used(CredentialDocument document, uint counter) => document with { CredentialData = (this with { Counter = counter }).Data() };

    private string Data() => JsonSerializer.Serialize(
        new PasskeyData(Convert.ToBase64String(Id), Convert.ToBase64String(PublicKey), Counter), PasskeyJson.Default.PasskeyData);
}

internal sealed record PasskeyData(string CredentialId, string CredentialPublicKey, uint Counter);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PasskeyData))]
internal sealed partial class PasskeyJson : JsonSerializerContext;
