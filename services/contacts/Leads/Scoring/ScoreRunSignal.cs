using Platform.Data;

namespace Platform.Contacts.Leads.Scoring;

/// <summary>Rules are to be applied to all leads.</summary>
internal sealed class ScoreRunSignal() : WorkSignal(typeof(ScoreRun));
