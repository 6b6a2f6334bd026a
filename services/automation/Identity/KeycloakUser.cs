namespace Platform.Automation.Identity;

/// <summary>An account in the identity server.</summary>
internal sealed record KeycloakUser(string Id, DateTimeOffset CreateTime);
