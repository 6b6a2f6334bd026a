using System.Text.Json.Serialization;

namespace Platform.Tenants.SignIns;

/// <summary>An entry of the identity server's journal, in Keycloak's words.</summary>
internal sealed record IdentityEvent
{
    public const string Login = "LOGIN";
    public const string LoginError = "LOGIN_ERROR";

    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    [JsonPropertyName("time")]
    public required long Time { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("clientId")]
    public string? ClientId { get; init; }

    [JsonPropertyName("userId")]
    public string? UserId { get; init; }

    [JsonPropertyName("sessionId")]
    public string? SessionId { get; init; }

    [JsonPropertyName("ipAddress")]
    public string? IpAddress { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("details")]
    public IReadOnlyDictionary<string, string?>? Details { get; init; }

    [JsonIgnore]
    public DateTimeOffset When => DateTimeOffset.FromUnixTimeMilliseconds(Time);

    [JsonIgnore]
    public bool IsFailure => Type != Login;

    /// <summary>Null where nobody is known by the name that was typed.</summary>
    [JsonIgnore]
    public Guid? Person => Guid.TryParse(UserId, out var id) ? id : null;

    public string? Detail(string name) => Details?.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}
