using Platform.Data;

namespace Platform.CustomFields.RollUps.Across;

/// <summary>Records changed that roll-ups of other services count.</summary>
internal sealed class RollUpSignal() : WorkSignal(typeof(RollUpChange))
{
    // PostgreSQL adds the rows, so the change tracker does not know of them.
    internal override bool IsFor(PlatformDbContext context) => context.IsCountedElsewhere;
}
