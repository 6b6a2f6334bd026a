using System.Text.Json.Serialization;

namespace Platform.Identity.Hosting;

internal sealed record HealthAnswer(string Status);

internal sealed record OAuthAnswer(
    string Error,
    [property: JsonPropertyName("error_description")] string ErrorDescription);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(OAuthAnswer))]
[JsonSerializable(typeof(RealmAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
