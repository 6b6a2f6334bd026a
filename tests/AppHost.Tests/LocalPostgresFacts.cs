using Aspire.Hosting.ApplicationModel;
using Npgsql;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Postgres;
using Platform.LocalPostgres;
using Platform.LocalPostgres.Processes;
using Xunit;

namespace AppHost.Tests;

public sealed class LocalPostgresFacts
{
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cluster_keeps_its_data_over_a_stop_a_kill_and_a_stale_lock()
    {
        using var folder = new TestFolder();
        var options = Options(folder);
        await using (var first = await PostgresServer.StartAsync(options, _token))
        {
            await RunAsync(first, "CREATE TABLE things (name text); INSERT INTO things VALUES ('one')");
            Assert.DoesNotContain(options.Password, await File.ReadAllTextAsync($"/proc/{first.ProcessId}/cmdline", _token), StringComparison.Ordinal);
        }

        await using (var second = await PostgresServer.StartAsync(options, _token))
        {
            await RunAsync(second, "INSERT INTO things VALUES ('two')");
            ChildProcess.Send(second.ProcessId, Signal.Kill);
            await second.Exited;
        }

        // The id in the lock may belong to another process by now: here, to this test.
        await File.WriteAllTextAsync(Path.Combine(options.DataDirectory, "postmaster.pid"), $"{Environment.ProcessId}\n{options.DataDirectory}\n", _token);
        await using var third = await PostgresServer.StartAsync(options, _token);
        Assert.Equal(2L, await RunAsync(third, "SELECT count(*) FROM things"));
        Assert.Equal("on", await RunAsync(third, "SHOW fsync"));
    }

    [Fact]
    public async Task A_server_that_an_earlier_host_has_left_is_stopped_first()
    {
        using var folder = new TestFolder();
        var options = Options(folder) with { DieWithParent = false };
        var left = await PostgresServer.StartAsync(options, _token);
        await using var next = await PostgresServer.StartAsync(options, _token);
        Assert.NotEqual(left.ProcessId, next.ProcessId);
        Assert.False(Processes.IsRunning(left.ProcessId));
    }

    [Fact]
    public async Task Another_password_is_refused_with_a_hint()
    {
        using var folder = new TestFolder();
        var options = Options(folder);
        await (await PostgresServer.StartAsync(options, _token)).DisposeAsync();
        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => PostgresServer.StartAsync(options with { Password = "wrong" }, _token));
        Assert.Contains("another password", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_compares_by_Unicode_in_every_language()
    {
        await using var server = await TestPostgres.StartThrowawayAsync(cancellationToken: _token);
        Assert.Equal("привет straße", await RunAsync(server.ConnectionString, "SELECT lower('ПРИВЕТ Straße')"));
    }

    [Fact]
    public async Task Files_for_new_data_run_once_also_when_one_fails_at_the_first_start()
    {
        using var folder = new TestFolder();
        var instance = new Instance(folder.Path, "default");
        instance.MakeFolders();
        Directory.CreateDirectory(folder["init"]);
        await File.WriteAllTextAsync(folder["init/1.sql"], "CREATE TABLE things (name text)", _token);
        await File.WriteAllTextAsync(folder["init/2.sql"], "INSERT INTO thinks VALUES ('one')", _token);
        var resource = new ParameterResource("files", _ => "");
        resource.Annotations.Add(new InitFilesAnnotation(folder["init"]));
        await using var server = await TestPostgres.StartThrowawayAsync(cancellationToken: _token);
        await Assert.ThrowsAsync<PostgresException>(() => StartAsync());
        await File.WriteAllTextAsync(folder["init/2.sql"], "INSERT INTO things VALUES ('one')", _token);
        await StartAsync();
        await StartAsync();
        Assert.Equal(1L, await RunAsync(server.ConnectionString, "SELECT count(*) FROM things"));

        Task StartAsync()
        {
            var scripts = InitScripts.Of(instance, resource);
            Directory.CreateDirectory(instance.DataOf(resource.Name));
            return scripts?.RunAsync(server.ConnectionString, static _ => { }, _token) ?? Task.CompletedTask;
        }
    }

    [Fact]
    public async Task The_throwaway_command_passes_the_server_on_and_returns_the_exit_code()
    {
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "LocalPostgres", "debug", "Platform.LocalPostgres.dll"));
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", [program, "--throwaway", "--", "sh", "-c", "echo \"$TEST_POSTGRES\"; exit 5"]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(_token);
        await process.WaitForExitAsync(_token);
        Assert.Equal(5, process.ExitCode);
        Assert.StartsWith("Host=localhost;Port=", output, StringComparison.Ordinal);
    }

    private static PostgresOptions Options(TestFolder folder) => new()
    {
        DataDirectory = folder["data"],
        ToolsDirectory = folder["npm"],
        Port = TestPorts.Next(),
        Password = "a-password-for-a-test",
    };

    private static Task<object?> RunAsync(PostgresServer server, string sql) => RunAsync(server.ConnectionString, sql);

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
