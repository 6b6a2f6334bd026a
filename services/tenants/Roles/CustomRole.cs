using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Tenants.Roles;

/// <summary>A role that a company made for itself.</summary>
internal sealed class CustomRole : Entity
{
    public string Name { get; private init; } = "";

    public string DisplayName { get; private set; } = "";

    public List<string> Permissions { get; private set; } = [];

    public static CustomRole Create(V1.Role message, DateTimeOffset now)
    {
        var role = new CustomRole { Name = message.Name, CreateTime = now };
        role.Update(message, now);
        return role;
    }

    public void Update(V1.Role message, DateTimeOffset now)
    {
        DisplayName = message.DisplayName.Trim();
        Permissions = [.. message.Permissions.Distinct().Order(StringComparer.Ordinal)];
        UpdateTime = now;
    }

    public V1.Role ToMessage() => new() { Name = Name, DisplayName = DisplayName, Permissions = { Permissions }, Etag = Etag };

    public static void Map(EntityTypeBuilder<CustomRole> builder)
    {
        builder.IsResource("roles");
        builder.HasIndex(role => new { role.TenantId, role.Name }).IsUnique().HasDatabaseName(RoleErrors.UniqueName);
    }
}
