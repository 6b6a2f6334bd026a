using Google.Protobuf;
using Platform.Sidecar.State;

namespace Platform.Sidecar.Scheduling;

/// <summary>Reads all of an app's jobs and reminders when the sidecar starts.</summary>
internal static partial class ScheduleReader
{
    private const int PageSize = 1000;

    public static async Task<IReadOnlyList<ScheduledEntry>> Read(ScheduleHome home, ILogger logger, CancellationToken cancellationToken)
    {
        var entries = new List<ScheduledEntry>();
        if (home.Store is null)
            return entries;
        string? after = null;
        do
        {
            var page = await home.Store.KeysLike(LikePattern.StartsWith(home.Prefix), after, PageSize, cancellationToken);
            if (page.Keys.Count > 0)
                entries.AddRange(Parse(home, await home.Store.Get(page.Keys, cancellationToken), logger));
            after = page.Next;
        }
        while (after is not null);
        return entries;
    }

    private static IEnumerable<ScheduledEntry> Parse(ScheduleHome home, IReadOnlyList<StateEntry> rows, ILogger logger)
    {
        foreach (var row in rows)
        {
            ScheduledEntry entry;
            try
            {
                entry = ScheduledEntry.Read(home, row.Value.Span);
            }
            catch (Exception error) when (error is InvalidProtocolBufferException or FormatException or ArgumentException or NullReferenceException)
            {
                Log.Skipped(logger, row.Key, error.Message);
                continue;
            }

            yield return entry;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The row {Row} is no job or reminder and is left alone: {Reason}")]
        public static partial void Skipped(ILogger logger, string row, string reason);
    }
}
