using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Konscious.Security.Cryptography;
using Platform.Identity.Realms;

namespace Platform.Identity.Passwords;

/// <summary>A password as Keycloak stores it in a realm file.</summary>
internal sealed class PasswordHash
{
    private const int Iterations = 210_000;
    private readonly Func<byte[], byte[]> _hash;
    private readonly byte[] _expected;

    private PasswordHash(byte[] expected, Func<byte[], byte[]> hash) => (_expected, _hash) = (expected, hash);

    /// <summary>Costs as much as a real one and matches nothing: an unknown user must not be told by time.</summary>
    public static PasswordHash Nobody { get; } =
        Pbkdf2(RandomNumberGenerator.GetBytes(16), Iterations, HashAlgorithmName.SHA512, RandomNumberGenerator.GetBytes(64));

    public static PasswordHash Read(CredentialDocument credential)
    {
        try
        {
            var secret = JsonSerializer.Deserialize(credential.SecretData ?? "{}", CredentialJson.Default.SecretData)!;
            var data = JsonSerializer.Deserialize(credential.CredentialData ?? "{}", CredentialJson.Default.CredentialData)!;
            return Create(Convert.FromBase64String(secret.Salt), Convert.FromBase64String(secret.Value), data);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new StartupException("The realm file holds a password credential that Keycloak would not write: secretData "
                + "and credentialData must be JSON with a base64 salt and value.", exception);
        }
    }

    /// <summary>A new credential as Keycloak would write it.</summary>
    public static CredentialDocument Create(string password, DateTimeOffset now)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA512, 64);
        return new CredentialDocument
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Type = CredentialTypes.Password,
            CreatedDate = now.ToUnixTimeMilliseconds(),
            SecretData = JsonSerializer.Serialize(
                new SecretData(Convert.ToBase64String(hash), Convert.ToBase64String(salt)), CredentialJson.Default.SecretData),
            CredentialData = JsonSerializer.Serialize(
                new CredentialData("pbkdf2-sha512", Iterations, new Dictionary<string, IReadOnlyList<string>>()), CredentialJson.Default.CredentialData),
        };
    }

    public bool Verify(string password) =>
        CryptographicOperations.FixedTimeEquals(_hash(Encoding.UTF8.GetBytes(password)), _expected);

    private static PasswordHash Create(byte[] salt, byte[] expected, CredentialData data) => data.Algorithm switch
    {
        "pbkdf2-sha512" => Pbkdf2(salt, data.HashIterations, HashAlgorithmName.SHA512, expected),
        "pbkdf2-sha256" => Pbkdf2(salt, data.HashIterations, HashAlgorithmName.SHA256, expected),
        "pbkdf2" => Pbkdf2(salt, data.HashIterations, HashAlgorithmName.SHA1, expected),
        "argon2" when data.Parameter("type", "id") == "id" && data.Parameter("version", "1.3") == "1.3" => Argon2(salt, data, expected),
        var other => throw new StartupException($"The realm file holds a password hashed with {other}, of which "
            + "pbkdf2-sha512, pbkdf2-sha256, pbkdf2 and argon2 (type id, version 1.3) are known."),
    };

    private static PasswordHash Pbkdf2(byte[] salt, int iterations, HashAlgorithmName algorithm, byte[] expected) =>
        new(expected, password => Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, algorithm, expected.Length));

    private static PasswordHash Argon2(byte[] salt, CredentialData data, byte[] expected) => new(expected, password =>
    {
        using var argon2 = new Argon2id(password)
        {
            Salt = salt,
            Iterations = data.HashIterations,
            MemorySize = data.Number("memory", 7168),
            DegreeOfParallelism = data.Number("parallelism", 1),
        };
        return argon2.GetBytes(expected.Length);
    });
}

internal sealed record SecretData(string Value, string Salt);

internal sealed record CredentialData(string Algorithm, int HashIterations, IReadOnlyDictionary<string, IReadOnlyList<string>>? AdditionalParameters)
{
    public string Parameter(string name, string fallback) => AdditionalParameters?.GetValueOrDefault(name) is [var first, ..] ? first : fallback;

    public int Number(string name, int fallback) => int.TryParse(Parameter(name, ""), out var number) ? number : fallback;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SecretData))]
[JsonSerializable(typeof(CredentialData))]
internal sealed partial class CredentialJson : JsonSerializerContext;
