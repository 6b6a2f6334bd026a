namespace Platform.Dashboard.Storage;

/// <summary>How much is kept of each kind; the oldest goes first.</summary>
/// <param name="Console">Lines of output.</param>
/// <param name="Logs">Structured log records.</param>
/// <param name="Spans">Spans.</param>
/// <param name="Background">Of these, calls that nothing has asked for: a dozen services ask their databases for work all the time, and must not drive out the rest.</param>
/// <param name="Metrics">Reports of metrics: one for each resource in ten seconds.</param>
/// <param name="Changes">Changes of resources' states.</param>
internal sealed record Limits(int Console = 200_000, int Logs = 200_000, int Spans = 100_000, int Background = 5_000, int Metrics = 6_000, int Changes = 5_000);
