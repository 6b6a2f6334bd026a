using System.Text.Json.Serialization;

namespace Platform.Identity.Realms;

internal sealed record ClientScopeDocument
{
    public required string Name { get; init; }
    public string? Description { get; init; }
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<ProtocolMapperDocument> ProtocolMappers { get; init; } = [];

    [JsonIgnore]
    public bool IncludedInToken => Attributes.GetValueOrDefault("include.in.token.scope", "true") == "true";

    [JsonIgnore]
    public bool OnConsentScreen => Attributes.GetValueOrDefault("display.on.consent.screen", "true") == "true";

    /// <summary>A text, or <c>${key}</c> of the realm's localization.</summary>
    [JsonIgnore]
    public string? ConsentText => Attributes.GetValueOrDefault("consent.screen.text");
}

internal sealed record ProtocolMapperDocument
{
    public required string Name { get; init; }

    [JsonPropertyName("protocolMapper")]
    public required string Type { get; init; }

    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();
}
