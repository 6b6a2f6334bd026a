using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Npgsql;
using Platform.LocalHost.Running;
using Platform.LocalHost.Variables;
using Platform.LocalPostgres;
using Xunit;

namespace AppHost.Tests;

/// <summary>What a resource finds in its environment.</summary>
public sealed class EnvironmentFacts
{
    [Fact]
    public async Task References_give_the_variables_that_Aspire_gives()
    {
        var given = await TestPostgres.GetAsync();
        var server = new NpgsqlConnectionStringBuilder(given);
        var database = $"environment_{Guid.NewGuid():N}";
        await using var stack = TestStack.Of(builder =>
        {
            var postgres = builder.AddPostgres("postgres");
            var catalog = postgres.AddDatabase("catalog-db", database);
            var token = builder.AddParameter("token", new GenerateParameterDefault { MinLength = 40, Special = false }, secret: true, persist: true);
            var web = builder.AddExecutable("web-shop", "sleep", ".", "1000").WithHttpEndpoint(env: "PORT").WithHttpEndpoint(name: "admin");
            builder.AddExecutable("client", "sleep", ".", "1000")
                .WithReference(catalog)
                .WithReference(catalog, "owner")
                .WithReference(web.GetEndpoint("http"))
                .WithReference(web.GetEndpoint("admin"))
                .WithEnvironment("TOKEN", token)
                .WithEnvironment("GREETING", $"{web.GetEndpoint("http")}/hello?token={token}")
                .WithEnvironment("PLAIN", "{as it is}")
                .WithEnvironment("SECURE", web.GetEndpoint("http").Property(EndpointProperty.TlsEnabled))
                .WaitFor(catalog);
        }, $"--ConnectionStrings:postgres={given}");
        await stack.StartAsync(TestContext.Current.CancellationToken);

        var variables = stack.EnvironmentOf("client");
        Assert.Equal($"Host={server.Host};Port={server.Port};Username={server.Username};Password={server.Password};Database={database}", variables["ConnectionStrings__catalog-db"]);
        Assert.Equal(variables["ConnectionStrings__catalog-db"], variables["ConnectionStrings__owner"]);
        Assert.Equal($"{server.Port}", variables["CATALOG_DB_PORT"]);
        Assert.Equal(database, variables["CATALOG_DB_DATABASENAME"]);
        Assert.Equal($"postgresql://{server.Username}:{server.Password}@{server.Host}:{server.Port}/{database}", variables["CATALOG_DB_URI"]);
        var url = variables["services__web-shop__http__0"];
        Assert.Equal(url, variables["WEB_SHOP_HTTP"]);
        Assert.EndsWith(":" + stack.EnvironmentOf("web-shop")["PORT"], url, StringComparison.Ordinal);
        Assert.NotEqual(url, variables["services__web-shop__admin__0"]);
        Assert.Equal(40, variables["TOKEN"].Length);
        Assert.Equal($"{url}/hello?token={variables["TOKEN"]}", variables["GREETING"]);
        Assert.Equal(("{as it is}", "False"), (variables["PLAIN"], variables["SECURE"]));
    }

    [Fact]
    public void A_project_is_told_where_its_telemetry_goes_only_when_somebody_listens()
    {
        var project = new ProjectResource("shop");
        var variables = DefaultEnvironment.OfProject(project, 0, new TelemetryTarget(new Uri("http://127.0.0.1:15889"), new Uri("http://127.0.0.1:15888"), "key"));
        Assert.Equal("http://127.0.0.1:15889/", variables["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("grpc", variables["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        Assert.Equal("x-otlp-api-key=key", variables["OTEL_EXPORTER_OTLP_HEADERS"]);
        Assert.Equal("shop", variables["OTEL_SERVICE_NAME"]);
        Assert.Equal("always_on", variables["OTEL_TRACES_SAMPLER"]);
        Assert.DoesNotContain(DefaultEnvironment.OfProject(project, 0, telemetry: null).Keys, name => name.StartsWith("OTEL_EXPORTER", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_project_listens_where_its_settings_say_else_where_its_launch_profile_does()
    {
        using var folder = new TestFolder();
        foreach (var (file, text) in new[]
        {
            ("shop/Shop.csproj", "<Project />"), ("shop/appsettings.json", """{ "Kestrel": { "Endpoints": { "api": { "Url": "http://*:4711" } } } }"""),
            ("shop/Properties/launchSettings.json", """{ "profiles": { "one": { "commandName": "Project", "applicationUrl": "http://localhost:1;https://localhost:2" }, "two": { "commandName": "Project", "applicationUrl": "http://localhost:3" } } }"""),
        })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
            await File.WriteAllTextAsync(folder[file], text, TestContext.Current.CancellationToken);
        }

        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = folder.Path });
        Assert.Equal(["api:4711"], Endpoints(builder.AddProject("own", "shop/Shop.csproj")));
        Assert.Equal(["http:1", "https:2"], Endpoints(builder.AddProject("launched", "shop/Shop.csproj", static options => options.ExcludeKestrelEndpoints = true)));
        builder.Configuration["DOTNET_LAUNCH_PROFILE"] = "two";
        Assert.Equal(["http:3"], Endpoints(builder.AddProject("like-the-host", "shop/Shop.csproj", static options => options.ExcludeKestrelEndpoints = true)));

        static IEnumerable<string> Endpoints(IResourceBuilder<ProjectResource> project) =>
            project.Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => $"{endpoint.Name}:{endpoint.Port}");
    }

    [Fact]
    public async Task An_offset_moves_every_fixed_port_of_the_instance_and_is_kept()
    {
        await using var stack = TestStack.Of(
            builder => builder.AddExecutable("web", "sleep", ".", "1000").WithHttpEndpoint(port: 4711, env: "PORT")
                .WithDaprSidecar(new DaprSidecarOptions { DaprHttpPort = 3500, DaprGrpcPort = 4500 }),
            "--port-offset", "16000");
        Assert.Equal(16000, stack.Engine.PortOffset);
        await stack.Engine.Find("web").StartAsync(TestContext.Current.CancellationToken);
        var variables = stack.EnvironmentOf("web");
        Assert.Equal("20711", variables["PORT"]);
        Assert.Equal("http://127.0.0.1:19500", variables["DAPR_HTTP_ENDPOINT"]);
        Assert.Equal("20500", variables["DAPR_GRPC_PORT"]);
        Assert.Equal("16000", await File.ReadAllTextAsync(Path.Combine(stack.Folder, ".data", "default", "port-offset"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("two--hyphens")]
    [InlineData("1st")]
    [InlineData("last-")]
    [InlineData("with space")]
    [InlineData("")]
    public void Names_are_checked_as_by_the_official_packages(string name)
    {
        using var folder = new TestFolder();
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = folder.Path });
        Assert.Throws<ArgumentException>(() => builder.AddParameter(name));
    }

    [Fact]
    public void A_name_is_given_once()
    {
        using var folder = new TestFolder();
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = folder.Path });
        builder.AddParameter("token", "x");
        Assert.Throws<InvalidOperationException>(() => builder.AddParameter("Token", "y"));
    }
}
