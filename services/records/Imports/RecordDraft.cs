using Platform.Importing;

namespace Platform.Records.Imports;

/// <summary>What a good row says.</summary>
/// <param name="Line">Line of the file where the row begins.</param>
/// <param name="Message">The record.</param>
/// <param name="Key">What it is recognised by, folded; empty where the row has none.</param>
internal sealed record RecordDraft(long Line, V1.Record Message, string Key) : IRowDraft;
