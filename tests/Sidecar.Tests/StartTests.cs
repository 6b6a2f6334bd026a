using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests;

public sealed class StartTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_ready_soon_and_stops_when_told()
    {
        await using var stack = await TestStack.Create();
        await stack.App("app").Subscribe("deals").Start();
        await stack.Start();
        await PubSubTests.Subscribed(stack, "app");

        Assert.Contains("dapr initialized. Status: Running.", stack.Sidecar.Output, StringComparison.Ordinal);
        Assert.Equal(0, await stack.Sidecar.Stop());
        Assert.DoesNotContain("fail:", stack.Sidecar.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_component_type_stops_it_with_file_component_and_the_types()
    {
        await using var folder = new TemporaryFolder();
        folder.Write("odd.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: oddity
            spec:
              type: pubsub.pigeon
              version: v1
            """);
        await using var sidecar = SidecarProcess.Launch(OneApp(folder));

        Assert.Equal(1, await sidecar.WaitForExit());
        Assert.Contains($"{folder.Path}/odd.yaml: component 'oddity' has the unknown type 'pubsub.pigeon'; the types are bindings.cron, ", sidecar.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dapr-listen-addresses", "0.0.0.0", "not a loopback address")]
    [InlineData("--app-protocol", "soap", "the protocols are http, h2c, grpc")]
    [InlineData("--app-port", "many", "'many' is not a number")]
    public async Task A_flag_that_cannot_be_is_refused_in_one_line(string flag, string value, string message)
    {
        await using var folder = new TemporaryFolder();
        await using var sidecar = SidecarProcess.Launch([.. OneApp(folder), flag, value]);
        Assert.Equal(1, await sidecar.WaitForExit());
        Assert.Contains(message, sidecar.Output, StringComparison.Ordinal);
        Assert.Single(sidecar.Output.Split('\n'));
    }

    [Fact]
    public async Task One_app_with_daprds_flags_gets_its_secrets_by_reference_and_by_api()
    {
        await using var database = await TestDatabase.Create();
        await using var folder = new TemporaryFolder();
        folder.Write("secrets.json", """{"db":{"connection":"unset"},"list":["a","b"]}""".Replace("unset", database.ConnectionString, StringComparison.Ordinal));
        folder.Write("secretstore.yaml", $"""
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: files
            spec:
              type: secretstores.local.file
              version: v1
              metadata:
                - name: secretsFile
                  value: {folder.Path}/secrets.json
            ---
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: statestore
            spec:
              type: state.postgresql
              version: v2
              metadata:
                - name: connectionString
                  secretKeyRef:
                    name: db:connection
            auth:
              secretStore: files
            ---
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: of-another-app
            spec:
              type: secretstores.local.env
              version: v1
            scopes: [somebody-else]
            """);
        var port = Ports.Next();
        await using var sidecar = SidecarProcess.Launch([.. OneApp(folder), "-dapr-http-port", $"{port}"]);
        await sidecar.WaitUntilReady(port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        Assert.Equal("""{"list:1":"b"}""", await http.GetStringAsync("/v1.0/secrets/files/list:1", Cancel));
        Assert.Equal(3, JsonNode.Parse(await http.GetStringAsync("/v1.0/secrets/files/bulk", Cancel))!.AsObject().Count);
        using var missing = await http.GetAsync("/v1.0/secrets/files/nope", Cancel);
        Assert.Equal(500, (int)missing.StatusCode);
        using var foreign = await http.GetAsync("/v1.0/secrets/of-another-app/PATH", Cancel);
        Assert.Equal(401, (int)foreign.StatusCode);

        var metadata = JsonNode.Parse(await http.GetStringAsync("/v1.0/metadata", Cancel))!;
        Assert.Equal("app", (string)metadata["id"]!);
        Assert.Equal(["files", "statestore"], metadata["components"]!.AsArray().Select(component => (string)component!["name"]!));
        using var shutdown = await http.PostAsync("/v1.0/shutdown", null, Cancel);
        Assert.Equal(204, (int)shutdown.StatusCode);
        Assert.Equal(0, await sidecar.WaitForExit());
    }

    [Theory]
    [InlineData("host={0} port={1} user='{2}' password={3} database={4}")]
    [InlineData("postgres://{2}:{3}@{0}:{1}/{4}")]
    [InlineData("Host={0};Port={1};Username={2};Password={3};Database={4}")]
    public async Task A_connection_string_may_have_any_of_three_forms(string form)
    {
        await using var database = await TestDatabase.Create();
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var folder = new TemporaryFolder();
        folder.Write("statestore.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: statestore
            spec:
              type: state.postgresql
              version: v2
              metadata:
                - name: connectionString
                  envRef: DATABASE
            """);
        var variables = new Dictionary<string, string>
        {
            ["DATABASE"] = string.Format(CultureInfo.InvariantCulture, form, server.Host, server.Port, server.Username, server.Password ?? "none", server.Database),
        };
        var port = Ports.Next();
        await using var sidecar = SidecarProcess.Launch([.. OneApp(folder), "--dapr-http-port", $"{port}"], variables);
        await sidecar.WaitUntilReady(port);
        Assert.Equal(0, await database.Scalar<long>("SELECT count(*) FROM state"));
    }

    private static string[] OneApp(TemporaryFolder folder) =>
        ["--app-id", "app", "--dapr-http-port", $"{Ports.Next()}", "--dapr-grpc-port", $"{Ports.Next()}", "--resources-path", folder.Path, "--log-level", "info", "--enable-metrics=false"];

    private sealed class TemporaryFolder : IAsyncDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("sidecar-tests-").FullName;

        public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Path, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
