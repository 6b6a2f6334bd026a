namespace Platform.LocalPostgres;

/// <summary>A server without durability whose data is deleted when it is disposed.</summary>
public sealed class ThrowawayPostgres : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly string _folder;

    internal ThrowawayPostgres(PostgresServer server, string folder) => (_server, _folder) = (server, folder);

    /// <summary>Npgsql connection string of the superuser.</summary>
    public string ConnectionString => _server.ConnectionString;

    /// <summary>Process id of the postmaster.</summary>
    public int ProcessId => _server.ProcessId;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _server.Kill();
        await _server.DisposeAsync();
        DeleteFolder();
    }

    internal void Kill()
    {
        _server.Kill();
        DeleteFolder();
    }

    private void DeleteFolder()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
