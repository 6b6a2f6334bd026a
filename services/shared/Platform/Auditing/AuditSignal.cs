using Platform.Data;

namespace Platform.Auditing;

/// <summary>Wakes the sealer.</summary>
internal sealed class AuditSignal() : WorkSignal(typeof(AuditEntry))
{
    internal override bool IsFor(PlatformDbContext context) => context.HasAudited;
}
