using Microsoft.Data.Sqlite;

namespace Platform.Dashboard.Storage;

/// <summary>The SQLite file that the dashboard keeps what it has heard in.</summary>
internal sealed class Database(string path)
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS console (id INTEGER PRIMARY KEY AUTOINCREMENT, resource TEXT NOT NULL, time INTEGER NOT NULL, level INTEGER NOT NULL, text TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS console_resource ON console (resource, id);
        CREATE TABLE IF NOT EXISTS log (id INTEGER PRIMARY KEY AUTOINCREMENT, resource TEXT NOT NULL, time INTEGER NOT NULL, level INTEGER NOT NULL,
            category TEXT NOT NULL, message TEXT NOT NULL, trace TEXT, span TEXT, data BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS log_trace ON log (trace) WHERE trace IS NOT NULL;
        CREATE TABLE IF NOT EXISTS span (id INTEGER PRIMARY KEY AUTOINCREMENT, resource TEXT NOT NULL, time INTEGER NOT NULL, trace TEXT NOT NULL, span TEXT NOT NULL,
            parent TEXT, name TEXT NOT NULL, kind INTEGER NOT NULL, duration INTEGER NOT NULL, failed INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS span_trace ON span (trace, resource);
        CREATE INDEX IF NOT EXISTS span_background ON span (id) WHERE parent IS NULL AND kind = 3;
        CREATE TABLE IF NOT EXISTS trace (trace TEXT PRIMARY KEY, resource TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL, root TEXT, time INTEGER NOT NULL, ended INTEGER NOT NULL,
            spans INTEGER NOT NULL, failed INTEGER NOT NULL, latest INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS trace_time ON trace (time);
        CREATE INDEX IF NOT EXISTS trace_latest ON trace (latest);
        CREATE TABLE IF NOT EXISTS metrics (id INTEGER PRIMARY KEY AUTOINCREMENT, resource TEXT NOT NULL, time INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS metrics_resource ON metrics (resource, id);
        CREATE TABLE IF NOT EXISTS change (id INTEGER PRIMARY KEY AUTOINCREMENT, resource TEXT NOT NULL, time INTEGER NOT NULL, mood TEXT NOT NULL, words TEXT NOT NULL, detail TEXT);
        CREATE INDEX IF NOT EXISTS change_resource ON change (resource, id);
        PRAGMA user_version = 1;
        """;

    private readonly Lazy<string> _connection = new(() => Prepare(path));

    /// <summary>Opens a connection; the first one makes the file and its tables.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection.Value);
        connection.Open();
        using var settings = connection.CreateCommand();
        settings.CommandText = "PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -4096;";
        settings.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Runs a query on a connection of its own.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        using var connection = Open();
        return query(connection);
    }

    private static string Prepare(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var connection = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
        try
        {
            Make(connection);
        }
        catch (SqliteException)
        {
            // Spoilt by a power cut, or made by another version: what was heard can be heard again.
            SqliteConnection.ClearAllPools();
            foreach (var file in new[] { path, path + "-wal", path + "-shm" })
                File.Delete(file);
            Make(connection);
        }

        return connection;
    }

    private static void Make(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Schema;
        command.ExecuteNonQuery();
    }
}
