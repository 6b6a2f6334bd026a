using System.Diagnostics;
using System.Net;
using Aspire.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Platform.LocalHost.Running;
using Xunit;

namespace AppHost.Tests.Dashboard;

/// <summary>The dashboard as a browser and a service meet it.</summary>
public sealed class DashboardFacts
{
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_a_browser_that_has_shown_the_token_sees_anything()
    {
        await using var stack = await DashboardStack.StartAsync(builder => builder.AddExecutable("worker", "sleep", ".", "1000"));
        foreach (var path in new[] { "", "console", "resources/worker", "resources/worker/environment?secrets=true", "login?t=wrong", "login", "assets/x/dashboard.js" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await stack.Browser.GetAsync(new Uri(path, UriKind.Relative), _token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stack.Browser.PostAsync(new Uri("act/worker/stop", UriKind.Relative), null, _token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stack.Browser.PostAsync(new Uri("v1/traces", UriKind.Relative), new ByteArrayContent([]), _token)).StatusCode);

        await stack.EnterAsync();
        await stack.EnterAsync();
        Assert.Contains("worker", await stack.PageAsync("/", "worker"), StringComparison.Ordinal);

        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await stack.Browser.SendAsync(elsewhere, _token)).StatusCode);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/act/worker/stop") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await stack.Browser.SendAsync(foreign, _token)).StatusCode);
        Assert.True(stack.Stack["worker"].IsReady);
    }

    [Fact]
    public async Task A_resource_is_shown_with_its_history_stopped_and_started_again()
    {
        await using var stack = await DashboardStack.StartAsync(builder =>
        {
            var secret = builder.AddParameter("pass", "hush-hush-hush", secret: true);
            var first = builder.AddExecutable("first", "sleep", ".", "1000");
            builder.AddExecutable("worker", "sh", ".", "-c", "echo 'warn: <b>little</b> fuel'; exec sleep 1000").WithEnvironment("PASSWORD", secret).WithEnvironment("OTHER", $"{secret}!").WaitFor(first);
        });
        await stack.EnterAsync();
        var page = await stack.PageAsync("/resources/worker", "little");
        Assert.DoesNotContain("<b>little", page, StringComparison.Ordinal);
        Assert.Contains("healthy", page, StringComparison.Ordinal);
        Assert.Contains("<code>PASSWORD</code>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", page, StringComparison.Ordinal);
        Assert.Contains("hush-hush-hush", await stack.PageAsync("/resources/worker?secrets=shown", "PASSWORD"), StringComparison.Ordinal);
        Assert.Contains("data-from=\"worker\" data-to=\"first\"", await stack.PageAsync("/graph", "worker"), StringComparison.Ordinal);

        Assert.True((await stack.Browser.PostAsync(new Uri("act/worker/stop", UriKind.Relative), null, _token)).IsSuccessStatusCode);
        await stack.PageAsync("/resources/worker", "exited");
        Assert.True((await stack.Browser.PostAsync(new Uri("act/worker/start", UriKind.Relative), null, _token)).IsSuccessStatusCode);
        Assert.True(stack.Stack["worker"].IsReady);
        var refused = await stack.Browser.PostAsync(new Uri("act/worker/rebuild", UriKind.Relative), null, _token);
        Assert.Equal("worker is not made from a project.", await refused.Content.ReadAsStringAsync(_token));
    }

    [Fact]
    public async Task What_was_begun_goes_on_when_the_page_is_left()
    {
        await using var stack = await FirstAndSecondAsync();
        using var page = CancellationTokenSource.CreateLinkedTokenSource(_token);
        var restart = stack.Browser.PostAsync(new Uri("act/second/restart", UriKind.Relative), null, page.Token);
        await Eventually.HoldsAsync(() => stack.Stack["second"].State is ResourceState.Waiting, "the second program waits for the first one");
        await page.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restart);

        Assert.True((await stack.Browser.PostAsync(new Uri("act/first/start", UriKind.Relative), null, _token)).IsSuccessStatusCode);
        await Eventually.HoldsAsync(() => stack.Stack["second"].IsReady, "the second program runs again");
    }

    [Fact]
    public async Task A_start_that_waits_can_be_stopped()
    {
        await using var stack = await FirstAndSecondAsync();
        var restart = stack.Browser.PostAsync(new Uri("act/second/restart", UriKind.Relative), null, _token);
        await Eventually.HoldsAsync(() => stack.Stack["second"].State is ResourceState.Waiting, "the second program waits for the first one");
        Assert.True((await stack.Browser.PostAsync(new Uri("act/second/stop", UriKind.Relative), null, _token)).IsSuccessStatusCode);
        Assert.Equal("second was stopped before it was healthy.", await (await restart).Content.ReadAsStringAsync(_token));
        Assert.Equal(ResourceState.NotStarted, stack.Stack["second"].State);
    }

    [Fact]
    public async Task The_console_is_merged_searched_filtered_followed_and_cleared()
    {
        await using var stack = await DashboardStack.StartAsync(builder =>
        {
            builder.AddExecutable("one", "sh", ".", "-c", "echo 'info: apples'; echo 'fail: pears'; exec sleep 1000");
            builder.AddExecutable("two", "sh", ".", "-c", "echo \"$(printf '\\033[31m')plums and apples\"; while [ ! -e go ]; do sleep 0.05; done; echo late; exec sleep 1000");
        });
        await stack.EnterAsync();
        // As lines of their own: the programs' texts stand in the lines that tell of their start too.
        const string Apples = "<span>info: apples</span>", Pears = "<span>fail: pears</span>", Plums = "<span>plums and apples</span>";
        await stack.PageAsync("/console", Pears);
        var all = await stack.PageAsync("/console", Plums);
        Assert.Contains(Apples, all, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[31m", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Plums, await stack.PageAsync("/console?resource=one", Apples), StringComparison.Ordinal);
        Assert.DoesNotContain(Pears, await stack.PageAsync("/console?q=APPLES", Plums), StringComparison.Ordinal);
        Assert.DoesNotContain(Apples, await stack.PageAsync("/console?level=Error", Pears), StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(stack.Stack.Folder, "go"), "", _token);
        Assert.DoesNotContain(Apples, await stack.PageAsync($"/console/lines?after={LastOf(all)}", "<span>late</span>"), StringComparison.Ordinal);

        await stack.Browser.PostAsync(new Uri("console/clear?resource=one", UriKind.Relative), null, _token);
        Assert.DoesNotContain(Pears, await stack.PageAsync("/console", "<span>late</span>"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task What_a_service_reports_is_shown_and_linked(OtlpExportProtocol protocol)
    {
        await using var stack = await DashboardStack.StartAsync(builder => builder.AddExecutable("worker", "sleep", ".", "1000"));
        var target = stack.Stack.Engine.Context.Telemetry!;
        using var source = new ActivitySource($"facts-{protocol}");
        string trace;
        using (var tracing = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).ConfigureResource(resource => resource.AddService("worker"))
            .AddOtlpExporter(otlp => Export(otlp, "v1/traces")).Build())
        using (var logs = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("worker")).AddOtlpExporter(otlp => Export(otlp, "v1/logs"));
        })))
        {
            using var outer = source.StartActivity("GET /orders", ActivityKind.Server)!;
            using (var inner = source.StartActivity("SELECT orders", ActivityKind.Client)!)
                inner.SetStatus(ActivityStatusCode.Error, "no such table");
            Log(logs.CreateLogger("Shop.Orders"), 4711, null);
            trace = outer.TraceId.ToHexString();
        }

        await stack.EnterAsync();
        Assert.Contains("1 failure", await stack.PageAsync("/traces", trace), StringComparison.Ordinal);
        var waterfall = await stack.PageAsync($"/traces/{trace}", "Order 4711 is late");
        Assert.Contains("no such table", waterfall, StringComparison.Ordinal);
        Assert.True(waterfall.IndexOf("GET /orders", StringComparison.Ordinal) < waterfall.IndexOf("SELECT orders", StringComparison.Ordinal));
        var log = await stack.PageAsync($"/logs?trace={trace}&level=Warning", "Order 4711 is late");
        Assert.Contains($"/traces/{trace}#", log, StringComparison.Ordinal);
        Assert.Contains("<dt>Number</dt><dd>4711</dd>", log, StringComparison.Ordinal);

        void Export(OtlpExporterOptions otlp, string path)
        {
            otlp.Protocol = protocol;
            otlp.Endpoint = protocol is OtlpExportProtocol.Grpc ? target.Endpoint : new Uri(stack.Address, "/" + path);
            otlp.Headers = $"x-otlp-api-key={target.Key}";
        }
    }

    private static readonly Action<ILogger, int, Exception?> Log = LoggerMessage.Define<int>(LogLevel.Warning, new EventId(1), "Order {Number} is late");

    // The second program waits for the first one, which is stopped.
    private async Task<DashboardStack> FirstAndSecondAsync()
    {
        var stack = await DashboardStack.StartAsync(builder =>
        {
            var first = builder.AddExecutable("first", "sleep", ".", "1000");
            builder.AddExecutable("second", "sleep", ".", "1000").WaitFor(first);
        });
        await stack.EnterAsync();
        Assert.True((await stack.Browser.PostAsync(new Uri("act/first/stop", UriKind.Relative), null, _token)).IsSuccessStatusCode);
        return stack;
    }

    private static string LastOf(string page) => page.Split("data-last=\"")[1].Split('"')[0];
}
