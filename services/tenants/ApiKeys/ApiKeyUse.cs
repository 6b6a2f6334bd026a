using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Tenants.ApiKeys;

/// <summary>When a key was used last. A row of its own, so that use does not change the key's etag.</summary>
[NotAudited("Is no change of the key; what a machine does with it is in the log as its own.")]
internal sealed class ApiKeyUse : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid ApiKeyId { get; init; }

    public DateTimeOffset Time { get; set; }
}
