using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Identity.Realms;

namespace Platform.Identity.Otp;

/// <summary>A one-time password device as Keycloak stores it, and the last period whose code was used.</summary>
internal sealed record OtpCredential(string Id, byte[] Secret, Totp Totp, OtpCredentialData Data)
{
    public static OtpCredential Read(CredentialDocument document, int window)
    {
        var value = JsonSerializer.Deserialize(document.SecretData ?? "{}", OtpJson.Default.OtpSecretData)!.Value;
        var data = JsonSerializer.Deserialize(document.CredentialData ?? "{}", OtpJson.Default.OtpCredentialData)!;
        var secret = data.SecretEncoding == "BASE32" ? Base32.Decode(value) ?? [] : Encoding.UTF8.GetBytes(value);
        return new(document.Id ?? "", secret, new Totp(data.Algorithm, data.Digits, data.Period, window), data);
    }

    public static CredentialDocument Create(string secret, string label, Totp totp, long usedStep, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now).ToString(),
        Type = CredentialTypes.Otp,
        UserLabel = label,
        CreatedDate = now.ToUnixTimeMilliseconds(),
        SecretData = JsonSerializer.Serialize(new OtpSecretData(secret), OtpJson.Default.OtpSecretData),
        CredentialData = JsonSerializer.Serialize(
            new OtpCredentialData("totp", totp.Digits, 0, totp.Period, totp.Algorithm, "BASE32", usedStep), OtpJson.Default.OtpCredentialData),
    };

    /// <summary>The same device once the code of this period is used up.</summary>
    public CredentialDocument Used(CredentialDocument document, long step) => document with
    {
        CredentialData = JsonSerializer.Serialize(Data with { LastStep = step }, OtpJson.Default.OtpCredentialData),
    };
}

internal sealed record OtpSecretData(string Value);

internal sealed record OtpCredentialData(
    string SubType = "totp", int Digits = 6, int Counter = 0, int Period = 30, string Algorithm = "HmacSHA1", string? SecretEncoding = null, long LastStep = 0);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OtpSecretData))]
[JsonSerializable(typeof(OtpCredentialData))]
internal sealed partial class OtpJson : JsonSerializerContext;
