using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Aspire.Hosting;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Platform.Dashboard.Telemetry.Otlp;
using Platform.LocalHost.Running;
using Xunit;
using LogRecord = Platform.Dashboard.Telemetry.Otlp.LogRecord;

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
    public async Task Nobody_else_can_look_into_what_an_instance_keeps()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var stack = await DashboardStack.StartAsync(builder => builder.AddExecutable("worker", "sleep", ".", "1000")
            .WithEnvironment("PASSWORD", builder.AddParameter("pass", new Aspire.Hosting.ApplicationModel.GenerateParameterDefault { MinLength = 22 }, secret: true, persist: true)));
        var data = Path.Combine(stack.Stack.Folder, ".data", "default");
        const UnixFileMode Look = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        const UnixFileMode Pass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        // Servers that root starts as another user pass through to their own folders.
        Assert.Equal(Environment.IsPrivilegedProcess ? Pass : UnixFileMode.None, File.GetUnixFileMode(data) & (Look | Pass));
        Assert.Contains(Path.Combine(data, "logs"), Directory.GetDirectories(data));
        foreach (var folder in Directory.GetDirectories(data))
            Assert.True((File.GetUnixFileMode(folder) & (Look | Pass)) == UnixFileMode.None, folder);
        foreach (var secret in (string[])["secrets.json", "run/host.json", "dashboard.db"])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data, secret)));
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

    [Fact]
    public async Task An_odd_request_is_told_in_a_sentence_what_is_wrong_with_it()
    {
        await using var stack = await DashboardStack.StartAsync(builder => builder.AddExecutable("worker", "sleep", ".", "1000"));
        await stack.EnterAsync();
        foreach (var path in new[] { "metrics?minutes=many", "metrics?minutes=99999999999", "console/lines", "console/lines?after=x", "resources/worker/environment?secrets=perhaps" })
            await RefusedAsync(HttpStatusCode.BadRequest, await stack.Browser.GetAsync(new Uri(path, UriKind.Relative), _token));
        foreach (var path in new[] { "console?level=x&resource=&resource=nobody", "logs?level=99&trace=ab&resource=nobody", "traces?failed&background=%00&q=%25_%5C", "traces/%20", "metrics?resource=nobody&minutes=-5",
            "workflows?status=odd&q=%27", "mail?q=%26", "graph?x", "resources/worker?secrets", "dapr?x", "console/download?level=,&q=%F0%9F" })
            Assert.True((await stack.Browser.GetAsync(new Uri(path, UriKind.Relative), _token)).StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, path);

        using var json = new StringContent("{}", null, "application/json");
        await RefusedAsync(HttpStatusCode.BadRequest, await stack.Browser.PostAsync(new Uri("dapr/publish", UriKind.Relative), json, _token));
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("app", "nobody"), KeyValuePair.Create("verb", "G E T")]);
        await RefusedAsync(HttpStatusCode.NotFound, await stack.Browser.PostAsync(new Uri("dapr/invoke", UriKind.Relative), form, _token));
        await RefusedAsync(HttpStatusCode.BadRequest, await stack.Browser.PostAsync(new Uri("workflows/nobody/x/rerun/first", UriKind.Relative), null, _token));
        await RefusedAsync(HttpStatusCode.NotFound, await stack.Browser.PostAsync(new Uri("workflows/nobody/x/rerun/1", UriKind.Relative), null, _token));

        async Task RefusedAsync(HttpStatusCode status, HttpResponseMessage answer)
        {
            var sentence = await answer.Content.ReadAsStringAsync(_token);
            Assert.True(answer.StatusCode == status, $"{answer.RequestMessage!.RequestUri}: {answer.StatusCode} {sentence}");
            Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("gzip", "no gzip at all", HttpStatusCode.BadRequest)]
    [InlineData("br", "", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, "no message at all", HttpStatusCode.BadRequest)]
    public async Task Telemetry_that_cannot_be_read_is_refused_with_the_reason(string? encoding, string body, HttpStatusCode status)
    {
        await using var stack = await DashboardStack.StartAsync(builder => builder.AddExecutable("worker", "sleep", ".", "1000"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/traces") { Content = new StringContent(body, null, "application/x-protobuf") };
        request.Headers.Add("x-otlp-api-key", stack.Stack.Engine.Context.Telemetry!.Key);
        if (encoding is not null)
            request.Content.Headers.ContentEncoding.Add(encoding);
        using var answer = await stack.Browser.SendAsync(request, _token);
        Assert.Equal(status, answer.StatusCode);
        Assert.NotEmpty(Refusal.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync(_token)).Message);
    }

    [Fact]
    public async Task A_span_without_a_trace_is_sent_back_and_a_record_with_half_an_id_is_kept_without_it()
    {
        await using var stack = await DashboardStack.StartAsync(builder => builder.AddExecutable("worker", "sleep", ".", "1000"));
        var half = ByteString.CopyFrom(1, 2, 3);
        var spans = new ScopeSpans { Spans = { new Span { TraceId = half, SpanId = half, Name = "odd" }, new Span { TraceId = ByteString.CopyFrom(new byte[16].Select(_ => (byte)7).ToArray()), SpanId = ByteString.CopyFrom(1, 2, 3, 4, 5, 6, 7, 8), Name = "even" } } };
        var answer = ExportTraceServiceResponse.Parser.ParseFrom(await SendAsync(stack, "traces", new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { ScopeSpans = { spans } } } }));
        Assert.Equal(1, answer.PartialSuccess.RejectedSpans);
        Assert.NotEmpty(answer.PartialSuccess.ErrorMessage);
        await SendAsync(stack, "logs", new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { new LogRecord { TraceId = half, SpanId = half, Body = new AnyValue { StringValue = "half told" } } } } } } } });

        await stack.EnterAsync();
        Assert.DoesNotContain("/traces/0102", await stack.PageAsync("/logs", "half told"), StringComparison.Ordinal);
        Assert.DoesNotContain("odd", await stack.PageAsync("/traces", "even"), StringComparison.Ordinal);

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

    [Fact]
    [Trait("category", "long")]
    public async Task A_hundred_thousand_lines_and_ten_thousand_spans_are_heard_and_found_on_their_pages_without_a_stall()
    {
        const int Bursts = 100, Lines = 1000, Spans = 10_000;
        await using var stack = await DashboardStack.StartAsync(builder => builder.AddExecutable("talker", "sh", ".", "-c",
            $"i=0; while [ $i -lt {Bursts} ]; do seq -f \"info: Order $i-%.0f was taken\" {Lines}; i=$((i+1)); sleep 0.03; done; exec sleep 1000"));
        for (var sent = 0; sent < Spans; sent += Lines)
        {
            var spans = new ScopeSpans();
            for (var number = sent; number < sent + Lines; number++)
            {
                var begun = (ulong)(1_700_000_000_000_000_000 + number * 1_000_000L);
                spans.Spans.Add(new Span { TraceId = Bytes(16, number), SpanId = Bytes(8, number), Name = $"GET /orders/{number}", Kind = Platform.Dashboard.Telemetry.Otlp.SpanKind.Server, StartTimeUnixNano = begun, EndTimeUnixNano = begun + 5_000_000 });
            }

            await SendAsync(stack, "traces", new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { ScopeSpans = { spans } } } });
        }

        await stack.EnterAsync();
        await stack.PageAsync("/console", $"Order {Bursts - 1}-{Lines} was taken");
        await stack.PageAsync("/traces", $"GET /orders/{Spans - 1}");
        foreach (var (path, has) in new[] { ("/console?q=Order+0-1+was", "Order 0-1 was taken"), ("/console?q=no+such+words", "No line"), ("/traces?q=orders%2F4711", "GET /orders/4711"), ("/console", "was taken"), ("/traces", "GET /orders/") })
        {
            var best = TimeSpan.MaxValue;
            for (var round = 0; round < 3; round++)
            {
                var begun = Stopwatch.GetTimestamp();
                Assert.Contains(has, await stack.Browser.GetStringAsync(new Uri(path, UriKind.Relative), _token), StringComparison.Ordinal);
                best = new[] { best, Stopwatch.GetElapsedTime(begun) }.Min();
            }

            TestContext.Current.SendDiagnosticMessage("{0}: {1:0} ms", path, best.TotalMilliseconds);
            Assert.True(best < TimeSpan.FromMilliseconds(700), $"{path} took {best.TotalMilliseconds:0} ms.");
        }

        static ByteString Bytes(int length, int number) => ByteString.CopyFrom([.. BitConverter.GetBytes(number + 1), .. new byte[length - sizeof(int)]]);
    }

    private static readonly Action<ILogger, int, Exception?> Log = LoggerMessage.Define<int>(LogLevel.Warning, new EventId(1), "Order {Number} is late");

    private async Task<byte[]> SendAsync(DashboardStack stack, string kind, IMessage message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{kind}") { Content = new ByteArrayContent(message.ToByteArray()) };
        request.Headers.Add("x-otlp-api-key", stack.Stack.Engine.Context.Telemetry!.Key);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var response = await stack.Browser.SendAsync(request, _token);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync(_token);
    }

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
