using Platform.Data;
using Platform.Tenancy;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>Something was written: PostgreSQL may have noted it for segments, which the change tracker does not know.</summary>
internal sealed class SegmentCheckSignal() : WorkSignal(typeof(ITenantOwned));
