using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Platform.Dashboard.Storage;

/// <summary>Writes entries in transactions, and forgets the oldest from time to time.</summary>
internal sealed class EntryWriter : IDisposable
{
    private const int ForgetAfter = 2_000;
    private const string Background = "parent IS NULL AND kind = 3";

    private readonly SqliteConnection _connection;
    private readonly (string Table, int Limit)[] _limits;
    private readonly SqliteCommand _console;
    private readonly SqliteCommand _log;
    private readonly SqliteCommand _span;
    private readonly SqliteCommand _trace;
    private readonly SqliteCommand _metrics;
    private readonly SqliteCommand _change;
    private readonly int _background;
    private int _written;

    public EntryWriter(SqliteConnection connection, Limits limits)
    {
        _connection = connection;
        _background = limits.Background;
        _limits = [("console", limits.Console), ("log", limits.Logs), ("span", limits.Spans), ("metrics", limits.Metrics), ("change", limits.Changes)];
        _console = Command("INSERT INTO console (resource, time, level, text) VALUES ($1, $2, $3, $4)", 4);
        _log = Command("INSERT INTO log (resource, time, level, category, message, trace, span, data) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", 8);
        // A batch whose answer was lost is sent again.
        _span = Command("""
            INSERT INTO span (resource, time, trace, span, parent, name, kind, duration, failed, data) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (trace, span) DO NOTHING
            """, 10);
        // A trace is called what its root is called; until the root has come, what its earliest span is called.
        _trace = Command("""
            INSERT INTO trace (trace, resource, name, kind, root, time, ended, spans, failed, latest) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, last_insert_rowid())
            ON CONFLICT (trace) DO UPDATE SET
              resource = CASE WHEN $5 IS NOT NULL OR (root IS NULL AND $6 < time) THEN $2 ELSE resource END,
              name = CASE WHEN $5 IS NOT NULL OR (root IS NULL AND $6 < time) THEN $3 ELSE name END,
              kind = CASE WHEN $5 IS NOT NULL OR (root IS NULL AND $6 < time) THEN $4 ELSE kind END,
              root = coalesce($5, root), time = min(time, $6), ended = max(ended, $7), spans = spans + 1, failed = failed + $8, latest = last_insert_rowid()
            """, 8);
        _metrics = Command("INSERT INTO metrics (resource, time, data) VALUES ($1, $2, $3)", 3);
        _change = Command("INSERT INTO change (resource, time, mood, words, detail) VALUES ($1, $2, $3, $4, $5)", 5);
    }

    public void Write(IReadOnlyCollection<Entry> entries)
    {
        if (entries.Count == 0)
            return;
        using (var transaction = _connection.BeginTransaction())
        {
            foreach (var entry in entries)
                Write(entry, transaction);
            transaction.Commit();
        }

        _written += entries.Count;
        if (_written < ForgetAfter)
            return;
        _written = 0;
        Forget();
    }

    /// <summary>Deletes what is beyond the limits.</summary>
    public void Forget()
    {
        Run($"""
            DELETE FROM trace WHERE kind = 3 AND spans = 1 AND root IS NOT NULL AND latest < ({OldestOf($"span WHERE {Background}", _background)});
            DELETE FROM span WHERE {Background} AND id < ({OldestOf($"span WHERE {Background}", _background)});
            """);
        foreach (var (table, limit) in _limits)
            Run($"DELETE FROM {table} WHERE id < ({OldestOf(table, limit)})");
        Run("DELETE FROM trace WHERE latest < (SELECT min(id) FROM span)");
    }

    public void Dispose()
    {
        foreach (var command in new[] { _console, _log, _span, _trace, _metrics, _change })
            command.Dispose();
    }

    private void Write(Entry entry, SqliteTransaction transaction)
    {
        switch (entry)
        {
            case ConsoleEntry line:
                Execute(_console, transaction, line.Resource, line.Time, (int)line.Level, line.Text);
                break;
            case LogEntry log:
                Execute(_log, transaction, log.Resource, log.Time, (int)log.Level, log.Category, log.Message, log.Trace, log.Span, log.Data);
                break;
            case SpanEntry span:
                if (Execute(_span, transaction, span.Resource, span.Time, span.Trace, span.Span, span.Parent, span.Name, span.Kind, span.Duration, span.Failed ? 1 : 0, span.Data) == 0)
                    break;
                var root = span.Parent is null ? span.Span : null;
                Execute(_trace, transaction, span.Trace, span.Resource, span.Name, span.Kind, root, span.Time, span.Time + span.Duration, span.Failed ? 1 : 0);
                break;
            case MetricsEntry report:
                Execute(_metrics, transaction, report.Resource, report.Time, report.Data);
                break;
            case ChangeEntry change:
                Execute(_change, transaction, change.Resource, change.Time, change.Mood, change.Words, change.Detail);
                break;
        }
    }

    // Returns how many rows that made.
    private static int Execute(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object?> values)
    {
        command.Transaction = transaction;
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        return command.ExecuteNonQuery();
    }

    // The id of the oldest row to keep; none while there are fewer than that.
    private static string OldestOf(string rows, int limit) => string.Create(CultureInfo.InvariantCulture, $"SELECT id FROM {rows} ORDER BY id DESC LIMIT 1 OFFSET {limit - 1}");

    private void Run(string statement)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string statement, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = statement;
        for (var number = 1; number <= parameters; number++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${number}" });
        return command;
    }
}
