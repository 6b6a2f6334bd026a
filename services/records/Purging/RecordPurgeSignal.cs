using Platform.Data;

namespace Platform.Records.Purging;

/// <summary>There is work for the purger.</summary>
internal sealed class RecordPurgeSignal() : WorkSignal(typeof(RecordPurge));
