using System.Globalization;
using Platform.Dashboard.Storage;
using Platform.Dashboard.Telemetry.Otlp;

namespace Platform.Dashboard.Logs;

/// <summary>Which log records are asked for; all conditions must hold.</summary>
internal sealed record LogFilter(string? Resource, string? Text, Level Least, string? Trace, string? Span = null);

/// <summary>A log record as it is kept.</summary>
internal sealed record KeptLog(long Id, string Resource, DateTimeOffset Time, Level Level, string Category, string Message, string? Trace, string? Span, LogRecord Record);

/// <summary>The structured logs of all resources.</summary>
internal sealed class LogRecords(Database database)
{
    /// <summary>The latest first.</summary>
    public IReadOnlyList<KeptLog> Latest(LogFilter filter, int limit) => database.Read(connection =>
        new Query("SELECT id, resource, time, level, category, message, trace, span, data FROM log")
            .Where("resource = $", string.IsNullOrEmpty(filter.Resource) ? null : filter.Resource)
            .Where("level >= $", filter.Least > Level.Trace ? (int)filter.Least : null)
            .Where("trace = $", string.IsNullOrEmpty(filter.Trace) ? null : filter.Trace)
            .Where("span = $", filter.Span)
            .Containing("(message || ' ' || category)", filter.Text)
            .Run(connection, $"ORDER BY id DESC LIMIT {limit.ToString(CultureInfo.InvariantCulture)}", row => new KeptLog(
                row.GetInt64(0),
                row.GetString(1),
                Micros.Time(row.GetInt64(2)),
                (Level)row.GetInt32(3),
                row.GetString(4),
                row.GetString(5),
                row.TextOrNull(6),
                row.TextOrNull(7),
                LogRecord.Parser.ParseFrom(row.Bytes(8)))));
}
