using Aspire.Hosting.ApplicationModel;
using Npgsql;
using Platform.LocalHost.Instances;

namespace Platform.LocalHost.Postgres;

/// <summary>
/// The files that are run when a server's data are made. Until all have run, a file beside the data lists those that have, so that a start
/// after a failed one goes on with what is missing.
/// </summary>
internal sealed class InitScripts
{
    private readonly IResource _resource;
    private readonly string _done;

    private InitScripts(IResource resource, string done) => (_resource, _done) = (resource, done);

    /// <summary>Null when the data are made. Asked before the server starts, which makes them.</summary>
    public static InitScripts? Of(Instance instance, IResource resource)
    {
        if (!resource.Annotations.OfType<InitFilesAnnotation>().Any())
            return null;
        var done = instance.DataOf(resource.Name) + ".init";
        if (!Directory.Exists(instance.DataOf(resource.Name)))
            File.WriteAllText(done, "");
        return File.Exists(done) ? new InitScripts(resource, done) : null;
    }

    public async Task RunAsync(string connectionString, Action<string> log, CancellationToken cancellationToken)
    {
        var done = await File.ReadAllLinesAsync(_done, cancellationToken);
        foreach (var file in _resource.Annotations.OfType<InitFilesAnnotation>().SelectMany(files => files.Files).Except(done).ToList())
        {
            log($"running {Path.GetFileName(file)}");
            await RunAsync(file, connectionString, cancellationToken);
            await File.AppendAllLinesAsync(_done, [file], CancellationToken.None);
        }

        File.Delete(_done);
    }

    private static async Task RunAsync(string file, string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Database = "postgres" }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = await File.ReadAllTextAsync(file, cancellationToken);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
