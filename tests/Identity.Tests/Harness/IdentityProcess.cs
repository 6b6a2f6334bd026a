using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Npgsql;
using Platform.LocalPostgres;

namespace Platform.Identity.Tests.Harness;

/// <summary>The provider as a process of its own, over a database of its own; it can be stopped and started again.</summary>
internal sealed class IdentityProcess : IAsyncDisposable
{
    public const string WebSecret = "the secret of the web client";
    public const string AutomationSecret = "the secret of automation";
    public const string ProvisioningSecret = "the secret of provisioning";
    public const string OperatorSecret = "the secret of the operator";
    public const string ApplicationsSecret = "the secret of applications";

    private readonly string _folder = Directory.CreateTempSubdirectory("identity-tests-").FullName;
    private readonly string _database = $"identity_{Guid.NewGuid():N}";
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Dictionary<string, string> _settings;
    private string _server = "";
    private Process? _process;

    private IdentityProcess(Action<JsonObject>? realm, params (string Name, string Value)[] settings)
    {
        Url = $"http://localhost:{TestPorts.Next()}";
        _settings = new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Identity__PublicUrl"] = Url,
            ["Identity__DataDirectory"] = Path.Combine(_folder, "data"),
            ["Identity__RealmFile"] = RealmUnderTest.Write(_folder, realm),
            ["PLATFORM_WEB_SECRET"] = WebSecret,
            ["PLATFORM_AUTOMATION_SECRET"] = AutomationSecret,
            ["PLATFORM_PROVISIONING_SECRET"] = ProvisioningSecret,
            ["PLATFORM_OPERATOR_SECRET"] = OperatorSecret,
            ["PLATFORM_APPLICATIONS_SECRET"] = ApplicationsSecret,
            ["PLATFORM_JOURNAL_SECRET"] = "journal-secret-of-the-tests",
            ["PLATFORM_LIVE_SECRET"] = "live-secret-of-the-tests",
        };
        foreach (var (name, value) in settings) _settings[name] = value;
    }

    public string Url { get; }

    public string Issuer => $"{Url}/realms/platform";

    public string Output => string.Join('\n', _output);

    public static async Task<IdentityProcess> StartAsync(Action<JsonObject>? realm = null, params (string Name, string Value)[] settings)
    {
        var identity = await PrepareAsync(realm, settings);
        try
        {
            await identity.RestartAsync();
            return identity;
        }
        catch
        {
            // Nobody else knows of the process.
            await identity.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything but the process.</summary>
    public static async Task<IdentityProcess> PrepareAsync(Action<JsonObject>? realm = null, params (string Name, string Value)[] settings)
    {
        var identity = new IdentityProcess(realm, settings) { _server = await TestPostgres.GetAsync() };
        await identity.ExecuteAsync($"CREATE DATABASE {identity._database}");
        identity._settings.TryAdd(
            "ConnectionStrings__identity",
            new NpgsqlConnectionStringBuilder(identity._server) { Database = identity._database, MaxPoolSize = 10 }.ConnectionString);
        return identity;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        _process = Launch();
        using var http = new HttpClient();
        await Eventually.True(async () =>
        {
            if (_process.HasExited) throw new InvalidOperationException($"The provider ended: {Output}");
            try
            {
                return (await http.GetAsync(new Uri($"{Url}/health"))).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    /// <summary>Changes the realm file; the next start reads it.</summary>
    public void ChangeRealm(Action<JsonObject> change) => RealmUnderTest.Write(_folder, change);

    /// <summary>Runs the process to its end, which a broken setting brings about.</summary>
    public async Task<int> RunToExitAsync()
    {
        _process = Launch();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await ExecuteAsync($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)");
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StopAsync()
    {
        if (_process is null) return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private Process Launch()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "Platform.Identity.dll") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in (string[])["PLATFORM_WEB_SECRET", "PLATFORM_AUTOMATION_SECRET", "PLATFORM_PROVISIONING_SECRET", "PLATFORM_APPLICATIONS_SECRET", "PLATFORM_OPERATOR_SECRET", "PLATFORM_JOURNAL_SECRET", "PLATFORM_LIVE_SECRET"]) start.Environment.Remove(name);
        foreach (var (name, value) in _settings.Where(pair => pair.Value.Length > 0)) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
