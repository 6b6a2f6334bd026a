using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Google.Protobuf.WellKnownTypes;
using Platform.Access.ExternalApps;
using Platform.Data;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.ExternalApps;

/// <summary>What the platform knows of a company's application. Its secret is the identity server's alone.</summary>
internal sealed class ExternalApp : Entity
{
    public string DisplayName { get; private set; } = "";

    public bool IsPublic { get; private init; }

    public List<string> RedirectUris { get; private set; } = [];

    public List<string> Permissions { get; private set; } = [];

    public bool Disabled { get; private set; }

    public string CreatorId { get; private init; } = "";

    public string ClientId => new ExternalClient(TenantId, Id).ToString();

    public static ExternalApp Create(Guid tenantId, string creatorId, V1.ExternalApp message, DateTimeOffset now)
    {
        var app = new ExternalApp { TenantId = tenantId, CreatorId = creatorId, CreateTime = now, IsPublic = message.Type == V1.ExternalAppType.Public };
        app.Update(message, now);
        return app;
    }

    public void Update(V1.ExternalApp message, DateTimeOffset now)
    {
        DisplayName = message.DisplayName.Trim();
        RedirectUris = [.. message.RedirectUris.Distinct(StringComparer.Ordinal)];
        Permissions = [.. message.Permissions.Distinct().Order(StringComparer.Ordinal)];
        Disabled = message.Disabled;
        UpdateTime = now;
    }

    /// <summary>A new secret is a change that the row does not show but for its time.</summary>
    public void Touch(DateTimeOffset now) => UpdateTime = now;

    public V1.ExternalApp ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        DisplayName = DisplayName,
        Type = IsPublic ? V1.ExternalAppType.Public : V1.ExternalAppType.Confidential,
        RedirectUris = { RedirectUris },
        Permissions = { Permissions },
        Disabled = Disabled,
        ClientId = ClientId,
        CreatorId = CreatorId,
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
    };

    public static void Map(EntityTypeBuilder<ExternalApp> builder)
    {
        builder.IsResource("external_apps");
        builder.Ignore(app => app.ClientId);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(app => app.TenantId).HasPrincipalKey(tenant => tenant.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
