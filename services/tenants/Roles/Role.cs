namespace Platform.Tenants.Roles;

/// <summary>A named set of permissions.</summary>
internal sealed record Role(string Name, string DisplayName, IReadOnlyList<string> Permissions)
{
    public V1.Role ToMessage() => new() { Name = Name, DisplayName = DisplayName, Permissions = { Permissions }, BuiltIn = true };
}
