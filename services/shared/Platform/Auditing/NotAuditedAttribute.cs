namespace Platform.Auditing;

/// <summary>Keeps an entity out of the audit log; every other entity is in it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotAuditedAttribute(string reason) : Attribute
{
    /// <summary>Why nobody needs to know who changed it.</summary>
    public string Reason { get; } = reason;
}

/// <summary>
/// A value that the audit log must not hold: it tells that the field changed, and not from what to what. Fields named after a
/// password, secret, token, key or hash are treated so without being marked.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConfidentialAttribute : Attribute;
