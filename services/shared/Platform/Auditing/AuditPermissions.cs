namespace Platform.Auditing;

/// <summary>What the log asks for.</summary>
public static class AuditPermissions
{
    /// <summary>Reading and verifying the log of the tenant.</summary>
    public const string Read = "audit.read";

    /// <summary>Taking the log out of the platform.</summary>
    public const string Export = "audit.export";
}
