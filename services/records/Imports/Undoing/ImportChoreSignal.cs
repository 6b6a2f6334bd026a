using Platform.Data;

namespace Platform.Records.Imports.Undoing;

/// <summary>There is work that is due, or will be.</summary>
internal sealed class ImportChoreSignal() : WorkSignal(typeof(ImportChore));
