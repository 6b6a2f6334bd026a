using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Dapr.Conformance.Harness;
using Grpc.Core;

namespace Dapr.Conformance.Blocks;

/// <summary>Secrets in files and in the environment.</summary>
public sealed class SecretSetup : IAsyncLifetime
{
    internal Sidecar Sidecar { get; } = new("keeper");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(Sidecar.Folder, "secrets"));
        var file = Path.Combine(Sidecar.Folder, "secrets", "secrets.json");
        await File.WriteAllTextAsync(file, """{"plain":"p1","nested":{"inner":{"deep":"d1"},"list":["l0","l1"]},"forbidden":"f1"}""");
        Sidecar.Environment["CONFORMANCE_SECRET"] = "from the environment";
        Sidecar.Environment["DAPR_HIDDEN"] = "hidden";
        Sidecar.Component("files", "secretstores.local.file", ("secretsFile", file), ("nestedSeparator", ":"))
            .Component("many", "secretstores.local.file", ("secretsFile", file), ("multiValued", "true"))
            .Component("guarded", "secretstores.local.file", ("secretsFile", file))
            .Component("closed", "secretstores.local.file", ("secretsFile", file))
            .Component("variables", "secretstores.local.env")
            .Configuration("""
                  secrets:
                    scopes:
                      - storeName: guarded
                        defaultAccess: allow
                        deniedSecrets: ["forbidden"]
                      - storeName: closed
                        defaultAccess: deny
                        allowedSecrets: ["plain"]
                """);
        await Sidecar.StartAsync();
    }

    public async ValueTask DisposeAsync() => await Sidecar.DisposeAsync();
}

/// <summary>Secrets (contract §1.9, §2.9).</summary>
public sealed class SecretTests(SecretSetup setup) : IClassFixture<SecretSetup>
{
    private readonly HttpClient _http = setup.Sidecar.Http();
    private readonly Dapr.Client.DaprClient _dapr = setup.Sidecar.Dapr();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("files", "plain", "p1")]
    [InlineData("files", "nested:inner:deep", "d1")]
    [InlineData("files", "nested:list:1", "l1")]
    [InlineData("variables", "CONFORMANCE_SECRET", "from the environment")]
    public async Task A_secret_is_read_under_its_name(string store, string name, string value)
    {
        Assert.Equal(new Dictionary<string, string> { [name] = value }, await _dapr.GetSecretAsync(store, name, cancellationToken: Cancel));
        using var response = await _http.GetAsync(new Uri($"/v1.0/secrets/{store}/{Uri.EscapeDataString(name)}", UriKind.Relative), Cancel);
        Assert.Equal(value, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))![name]);
    }

    [Fact]
    public async Task A_secret_may_have_many_values() =>
        Assert.Equal("d1", (await _dapr.GetSecretAsync("many", "nested", cancellationToken: Cancel))["inner:deep"]);

    [Fact]
    public async Task All_are_read_at_once()
    {
        var all = await _dapr.GetBulkSecretAsync("files", cancellationToken: Cancel);
        Assert.Equal("p1", all["plain"]["plain"]);
        Assert.Equal("d1", all["nested:inner:deep"]["nested:inner:deep"]);
        var body = JsonNode.Parse(await _http.GetStringAsync(new Uri("/v1.0/secrets/files/bulk", UriKind.Relative), Cancel))!;
        Assert.Equal("p1", (string?)body["plain"]!["plain"]);
    }

    [Fact]
    public async Task Daprs_own_variables_are_no_secrets_to_read()
    {
        var hidden = await Record.ExceptionAsync(async () => Assert.DoesNotContain("hidden", (await _dapr.GetSecretAsync("variables", "DAPR_HIDDEN", cancellationToken: Cancel)).Values));
        Assert.True(hidden is null or DaprException, hidden?.ToString());
        Assert.DoesNotContain("DAPR_HIDDEN", (await _dapr.GetBulkSecretAsync("variables", cancellationToken: Cancel)).Keys);
    }

    [Fact]
    public async Task A_secret_that_there_is_not_is_an_error()
    {
        using var response = await _http.GetAsync(new Uri("/v1.0/secrets/files/key1", UriKind.Relative), Cancel);
        await response.AssertErrorAsync(500, "ERR_SECRET_GET", "secret key1 not found");
        await Errors.AssertFailsAsync(
            async () => await setup.Sidecar.Raw().GetSecretAsync(new GetSecretRequest { StoreName = "files", Key = "key1" }, cancellationToken: Cancel), StatusCode.Internal, "secret key1 not found");
    }

    [Fact]
    public async Task A_store_that_there_is_not_is_an_error()
    {
        using var response = await _http.GetAsync(new Uri("/v1.0/secrets/nostore/k", UriKind.Relative), Cancel);
        await response.AssertErrorAsync(401, "ERR_SECRET_STORE_NOT_FOUND", "failed finding secret store with key nostore");
        await Errors.AssertFailsAsync(
            async () => await setup.Sidecar.Raw().GetSecretAsync(new GetSecretRequest { StoreName = "nostore", Key = "k" }, cancellationToken: Cancel), StatusCode.InvalidArgument, "nostore");
    }

    [Fact]
    public async Task Without_any_store_none_is_configured()
    {
        await using var bare = new Sidecar("bare");
        await bare.StartAsync();
        using var response = await bare.Http().GetAsync(new Uri("/v1.0/secrets/any/k", UriKind.Relative), Cancel);
        await response.AssertErrorAsync(500, "ERR_SECRET_STORES_NOT_CONFIGURED");
    }

    [Theory]
    [InlineData("guarded", "forbidden")]
    [InlineData("closed", "nested")]
    public async Task A_scope_denies(string store, string name)
    {
        using var response = await _http.GetAsync(new Uri($"/v1.0/secrets/{store}/{name}", UriKind.Relative), Cancel);
        await response.AssertErrorAsync(403, "ERR_PERMISSION_DENIED", $"access denied by policy to get \"{name}\" from \"{store}\"");
        await Errors.AssertFailsAsync(() => _dapr.GetSecretAsync(store, name, cancellationToken: Cancel), StatusCode.PermissionDenied);
        Assert.DoesNotContain(name, (await _dapr.GetBulkSecretAsync(store, cancellationToken: Cancel)).Keys);
        Assert.Equal("p1", (await _dapr.GetSecretAsync(store, "plain", cancellationToken: Cancel))["plain"]);
    }

    [Fact]
    public async Task A_component_takes_its_metadata_from_a_secret_or_a_variable()
    {
        await using var database = await Database.CreateAsync();
        await using var sidecar = new Sidecar("referrer");
        var file = Path.Combine(sidecar.Folder, "s.json");
        await File.WriteAllTextAsync(file, new JsonObject { ["database"] = database.Url }.ToJsonString(), Cancel);
        sidecar.Environment["CONFORMANCE_TABLES"] = "own_";
        sidecar.Component("files", "secretstores.local.file", ("secretsFile", file)).Resource("a-statestore.yaml", """
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
                    name: database
                    key: database
                - name: tablePrefix
                  envRef: CONFORMANCE_TABLES
            auth:
              secretStore: files
            """);
        await sidecar.StartAsync();
        await sidecar.Dapr().SaveStateAsync("statestore", "k", 1, cancellationToken: Cancel);
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM own_state"));
    }

    [Fact]
    public async Task The_javascript_client_reads_secrets() => await NodeClient.RunAsync("secrets.js", setup.Sidecar);
}
