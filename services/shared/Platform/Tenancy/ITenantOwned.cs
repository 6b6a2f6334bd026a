namespace Platform.Tenancy;

/// <summary>An entity that belongs to one tenant: filtered, stamped and under forced row-level security.</summary>
public interface ITenantOwned
{
    /// <summary>The owner; stamped on insert and never changed.</summary>
    Guid TenantId { get; set; }
}

/// <summary>Marks an entity that all tenants share, with the reason.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GlobalEntityAttribute(string reason) : Attribute
{
    /// <summary>Why no tenant owns it.</summary>
    public string Reason { get; } = reason;
}
