using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Platform.LocalHost.Running;
using Platform.LocalHost.Variables;
using Xunit;

namespace AppHost.Tests;

/// <summary>Parts of Aspire's model that the platform's own AppHost does without.</summary>
public sealed class ModelFacts
{
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_elsewhere_is_waited_for_and_named_as_aspire_names_it()
    {
        var status = 503;
        await using var elsewhere = await ElsewhereAsync(() => status);
        await using var stack = TestStack.Of(builder =>
        {
            var known = builder.AddExternalService("stripe", elsewhere.Urls.Single()).WithHttpHealthCheck("/health");
            var told = builder.AddExternalService("post-office", builder.AddParameter("post-address", "https://post.example:444"));
            builder.AddExecutable("shop", "sleep", ".", "1000").WithReference(known).WithReference(told).WithEnvironment("STRIPE_URL", known).WaitFor(known);
        });
        var start = stack.StartAsync(_token);
        await Eventually.HoldsAsync(() => stack["shop"].Detail?.Contains("waiting for stripe: /health answers 503", StringComparison.Ordinal) == true, "the shop waits, and says for what");
        status = 200;
        await start;
        var variables = stack.EnvironmentOf("shop");
        var address = elsewhere.Urls.Single() + "/";
        Assert.Equal((address, address, address), (variables["services__stripe__http__0"], variables["STRIPE"], variables["STRIPE_URL"]));
        Assert.Equal(("https://post.example:444/", "https://post.example:444/"), (variables["services__post-office__https__0"], variables["POST_OFFICE_HTTPS"]));
    }

    [Fact]
    public async Task What_starts_on_demand_waits_for_somebody()
    {
        await using var stack = TestStack.Of(builder =>
        {
            var shop = builder.AddExecutable("shop", "sleep", ".", "1000");
            builder.AddExecutable("report", "sleep", ".", "1000").WithExplicitStart().WithParentRelationship(shop);
        });
        await stack.StartAsync(_token);
        Assert.Equal(ResourceState.NotStarted, stack["report"].State);
        await stack.Engine.Find("report").StartAsync(_token);
        Assert.True(stack["report"].IsReady);
    }

    [Fact]
    public void A_program_sends_telemetry_when_the_model_says_so()
    {
        using var folder = new TestFolder();
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = folder.Path });
        var target = new TelemetryTarget(new Uri("http://127.0.0.1:15889"), new Uri("http://127.0.0.1:15888"), "key");
        Assert.Empty(DefaultEnvironment.OfExecutable(builder.AddExecutable("quiet", "sleep", ".").Resource, 0, target));
        var grpc = DefaultEnvironment.OfExecutable(builder.AddExecutable("one", "sleep", ".").WithOtlpExporter().Resource, 0, target);
        Assert.Equal(("http://127.0.0.1:15889/", "grpc", "one"), (grpc["OTEL_EXPORTER_OTLP_ENDPOINT"], grpc["OTEL_EXPORTER_OTLP_PROTOCOL"], grpc["OTEL_SERVICE_NAME"]));
        var http = DefaultEnvironment.OfExecutable(builder.AddExecutable("two", "sleep", ".").WithOtlpExporter(OtlpProtocol.HttpProtobuf).Resource, 0, target);
        Assert.Equal(("http://127.0.0.1:15888/", "http/protobuf"), (http["OTEL_EXPORTER_OTLP_ENDPOINT"], http["OTEL_EXPORTER_OTLP_PROTOCOL"]));
        Assert.Throws<StackException>(() => DefaultEnvironment.OfExecutable(builder.AddExecutable("three", "sleep", ".").WithOtlpExporter(OtlpProtocol.HttpJson).Resource, 0, target));
    }

    [Fact]
    public async Task A_health_check_of_the_apphosts_own_counts_and_one_that_is_not_there_is_named()
    {
        var isWell = false;
        await using var stack = TestStack.Of(builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("stock", () => isWell ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the shelves are empty"));
            builder.AddExecutable("shop", "sleep", ".", "1000").WithHealthCheck("stock");
        });
        var start = stack.StartAsync(_token);
        await Eventually.HoldsAsync(() => stack["shop"].Detail == "the shelves are empty", "the check is asked");
        isWell = true;
        await start;
        Assert.True(stack["shop"].IsReady);

        await using var without = TestStack.Of(builder => builder.AddExecutable("shop", "sleep", ".", "1000").WithHealthCheck("stock"));
        Assert.Contains("'stock'", (await Assert.ThrowsAsync<StackException>(() => without.StartAsync(_token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_string_of_the_configuration_is_passed_on_or_missed_by_its_name()
    {
        using var folder = new TestFolder();
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = folder.Path, Args = ["--ConnectionStrings:archive=Host=far"] });
        var shop = builder.AddExecutable("shop", "sleep", ".").WithReference(builder.AddConnectionString("archive", "ARCHIVE_AT"));
        Assert.Equal("Host=far", (await ResolvedEnvironment.OfAsync(shop.Resource, new Dictionary<string, object>(), _token))["ARCHIVE_AT"]);
        shop.WithReference(builder.AddConnectionString("other"));
        var failure = await Assert.ThrowsAsync<MissingParameterValueException>(() => ResolvedEnvironment.OfAsync(shop.Resource, new Dictionary<string, object>(), _token));
        Assert.Contains("ConnectionStrings__other", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_takes_the_model_of_an_apphost_and_runs_what_it_needs_of_it()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--instance", $"facts-{Environment.ProcessId}", "--port-offset", "9000"],
            static (options, settings) => (options.DisableDashboard, settings.EnvironmentName) = (true, "Staging"), _token);
        Assert.Equal("Staging", builder.Environment.EnvironmentName);
        Assert.Contains(builder.Resources, resource => resource.Name == "gateway");
        // Nothing is built by a fact: one program that is there already stands in for all.
        builder.Resources.Clear();
        builder.AddExecutable("catcher", "dotnet", ".", Path.Combine(AppContext.BaseDirectory, "Platform.MailCatcher.dll"))
            .WithHttpEndpoint(port: 8025, env: "Mail__WebPort").WithEndpoint(port: 1025, scheme: "smtp", env: "Mail__SmtpPort").WithHttpHealthCheck("/health")
            .WithEnvironment("Mail__Directory", Path.Combine(builder.Configuration["Aspire:Store:Path"]!, "mail"));
        await using var app = await builder.BuildAsync(_token);
        try
        {
            await app.StartAsync(_token);
            using var mail = app.CreateHttpClient("catcher");
            Assert.Equal(HttpStatusCode.OK, (await mail.GetAsync(new Uri("health", UriKind.Relative), _token)).StatusCode);
            Assert.Equal(("smtp", 10025), (app.GetEndpoint("catcher", "smtp").Scheme, app.GetEndpoint("catcher", "smtp").Port));
            Assert.Contains("There are: catcher", Assert.Throws<ArgumentException>(() => app.GetEndpoint("nobody")).Message, StringComparison.Ordinal);
        }
        finally
        {
            await app.StopAsync(_token);
            Directory.Delete(Path.Combine(Path.GetDirectoryName(builder.AppHostDirectory)!, ".data", $"facts-{Environment.ProcessId}"), recursive: true);
        }
    }

    private static async Task<WebApplication> ElsewhereAsync(Func<int> status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/health", () => Microsoft.AspNetCore.Http.Results.StatusCode(status()));
        await app.StartAsync();
        return app;
    }
}
