using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Platform.Dashboard.Storage;

/// <summary>The SQLite file that the dashboard keeps what it has heard in. Only its owner can read it.</summary>
/// <param name="path">Where it lies.</param>
/// <param name="readOnly">Whoever only looks at the file of a stack that may be running; it is neither made nor changed.</param>
internal sealed class Database(string path, bool readOnly = false)
{
    // One more with every change of the tables: a file of another version is begun anew.
    private const int Version = 2;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

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
        CREATE UNIQUE INDEX IF NOT EXISTS span_once ON span (trace, span);
        CREATE INDEX IF NOT EXISTS span_background ON span (id) WHERE parent IS NULL AND kind = 3;
        CREATE TABLE IF NOT EXISTS trace (trace TEXT PRIMARY KEY, resource TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL, root TEXT, time INTEGER NOT NULL, ended INTEGER NOT NULL,
            spans INTEGER NOT NULL, failed INTEGER NOT NULL, latest INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS trace_time ON trace (time);
        CREATE INDEX IF NOT EXISTS trace_latest ON trace (latest);
        CREATE TABLE IF NOT EXISTS metrics (id INTEGER PRIMARY KEY AUTOINCREMENT, resource TEXT NOT NULL, time INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS metrics_resource ON metrics (resource, id);
        CREATE TABLE IF NOT EXISTS change (id INTEGER PRIMARY KEY AUTOINCREMENT, resource TEXT NOT NULL, time INTEGER NOT NULL, mood TEXT NOT NULL, words TEXT NOT NULL, detail TEXT);
        CREATE INDEX IF NOT EXISTS change_resource ON change (resource, id);
        """;

    private readonly Lazy<string> _connection = new(() => readOnly
        ? new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ToString()
        : Prepare(path));

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
        MakePrivate(path);
        try
        {
            if (Make(connection))
                return connection;
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode is Corrupt or NotADatabase)
        {
            // A power cut has spoilt it.
        }

        // What was heard can be heard again.
        SqliteConnection.ClearAllPools();
        foreach (var file in FilesOf(path))
            File.Delete(file);
        MakePrivate(path);
        Make(connection);
        return connection;
    }

    // Lines, records and spans have in them what else is kept secret. SQLite gives the files beside it the mode of the first one.
    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        if (!File.Exists(path))
            new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }).Dispose();
        foreach (var file in FilesOf(path).Where(File.Exists))
            File.SetUnixFileMode(file, OwnerOnly);
    }

    private static string[] FilesOf(string path) => [path, path + "-wal", path + "-shm"];

    // False where the file has the tables of another version.
    private static bool Make(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version == 0)
        {
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"{Schema} PRAGMA user_version = {Version};");
            command.ExecuteNonQuery();
        }

        return version is 0 or Version;
    }
}
