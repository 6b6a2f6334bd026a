using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Platform.LocalHost.Postgres;

/// <summary>Makes a database.</summary>
internal sealed record CreationScriptAnnotation(string Script) : IResourceAnnotation;

/// <summary>Files that are run when a server's data are made.</summary>
internal sealed record InitFilesAnnotation(string Source) : IResourceAnnotation
{
    public IEnumerable<string> Files => File.Exists(Source) ? [Source] : Directory.GetFiles(Source, "*.sql").Order(StringComparer.Ordinal);

    public static async Task RunAsync(IResource resource, string connectionString, Action<string> log, CancellationToken cancellationToken)
    {
        foreach (var file in resource.Annotations.OfType<InitFilesAnnotation>().SelectMany(files => files.Files))
        {
            log($"running {Path.GetFileName(file)}");
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Database = "postgres" }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = await File.ReadAllTextAsync(file, cancellationToken);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
