using Platform.Tenancy;

namespace Platform.Tenants.ApiKeys;

/// <summary>When a key was used last. A row of its own, so that use does not change the key's etag.</summary>
internal sealed class ApiKeyUse : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid ApiKeyId { get; init; }

    public DateTimeOffset Time { get; set; }
}
