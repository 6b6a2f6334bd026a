using Platform.Data;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>An expression is to be applied to all records.</summary>
internal sealed class SegmentRunSignal() : WorkSignal(typeof(SegmentRun));
