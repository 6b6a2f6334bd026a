using System.Security.Cryptography;
using Google.Protobuf.WellKnownTypes;
using Platform.Access.ApiKeys;
using Platform.Data;

namespace Platform.Tenants.ApiKeys;

/// <summary>A machine's key. Of its secrets only hashes are kept.</summary>
internal sealed class ApiKey : Entity
{
    public string DisplayName { get; private set; } = "";

    public List<string> Permissions { get; private set; } = [];

    public DateTimeOffset ExpireTime { get; private set => field = ToMicroseconds(value); }

    public string CreatorId { get; private init; } = "";

    public byte[] SecretHash { get; private set; } = [];

    public byte[]? PreviousSecretHash { get; private set; }

    public DateTimeOffset? PreviousSecretExpireTime { get; private set => field = value is { } time ? ToMicroseconds(time) : null; }

    public ApiKeyUse? Use { get; private init; }

    public static (ApiKey Key, ApiKeyText Text) Create(Guid tenantId, string creatorId, V1.ApiKey message, DateTimeOffset now)
    {
        var key = new ApiKey { TenantId = tenantId, CreatorId = creatorId, CreateTime = now };
        key.Update(message, now);
        return (key, key.Renew());
    }

    public void Update(V1.ApiKey message, DateTimeOffset now)
    {
        DisplayName = message.DisplayName.Trim();
        Permissions = [.. message.Permissions.Distinct().Order(StringComparer.Ordinal)];
        ExpireTime = message.ExpireTime?.ToDateTimeOffset() ?? now + ApiKeyRules.DefaultLifetime;
        UpdateTime = now;
    }

    /// <summary>A new secret; the one before is taken for the overlap.</summary>
    public ApiKeyText Rotate(TimeSpan overlap, DateTimeOffset now)
    {
        PreviousSecretHash = overlap > TimeSpan.Zero ? SecretHash : null;
        PreviousSecretExpireTime = overlap > TimeSpan.Zero ? now + overlap : null;
        UpdateTime = now;
        return Renew();
    }

    /// <summary>Whether the secret is one of this key's, compared in constant time, and the key is valid.</summary>
    public bool Accepts(ApiKeyText text, DateTimeOffset now)
    {
        var hash = text.Hash();
        return now < ExpireTime
            && (CryptographicOperations.FixedTimeEquals(hash, SecretHash)
                || (now < PreviousSecretExpireTime && CryptographicOperations.FixedTimeEquals(hash, PreviousSecretHash)));
    }

    public V1.ApiKey ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        DisplayName = DisplayName,
        Permissions = { Permissions },
        ExpireTime = ExpireTime.ToTimestamp(),
        Prefix = ApiKeyText.PrefixOf(TenantId, Id),
        CreatorId = CreatorId,
        LastUseTime = Use?.Time.ToTimestamp(),
        PreviousSecretExpireTime = PreviousSecretExpireTime?.ToTimestamp(),
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
    };

    private ApiKeyText Renew()
    {
        var text = ApiKeyText.Create(TenantId, Id);
        SecretHash = text.Hash();
        return text;
    }
}
