using System.Collections.Concurrent;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Building;
using Xunit;

namespace AppHost.Tests;

/// <summary>Projects in several processes, and JavaScript applications, as real processes.</summary>
public sealed class ApplicationFacts
{
    private const string Server = """
        const http = require('node:http');
        const port = process.argv.includes('--port') ? process.argv[process.argv.indexOf('--port') + 1] : process.env.PORT;
        http.createServer((_, answer) => answer.end(JSON.stringify({ arguments: process.argv.slice(2), port: process.env.PORT, mode: process.env.NODE_ENV }))).listen(port, 'localhost');
        """;

    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replicas_of_a_project_listen_on_ports_of_their_own_and_who_refers_to_it_gets_all()
    {
        var told = new ConcurrentQueue<string>();
        await using var stack = TestStack.Of(builder =>
        {
            // Nothing is built by a fact: a program that is there already stands for the project's.
            var project = Path.Combine(builder.AppHostDirectory, "Catcher.csproj");
            File.WriteAllText(project, "<Project />");
            new BuildStamp(new SortedDictionary<string, string> { [project] = Path.Combine(AppContext.BaseDirectory, "Platform.MailCatcher.dll") })
                .Save(Path.Combine(builder.AppHostDirectory, ".data", "build", "Debug.json"), TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));
            var catcher = builder.AddProject("catcher", "Catcher.csproj").WithReplicas(2)
                .WithHttpEndpoint(env: "Mail__WebPort").WithEndpoint(scheme: "smtp", env: "Mail__SmtpPort").WithHttpHealthCheck("/health")
                .WithEnvironment("Mail__Directory", Path.Combine(builder.AppHostDirectory, "mail"));
            catcher.WithEnvironment("OWN", catcher.GetEndpoint("http"))
                .WithEnvironment("OWN_PORT", ReferenceExpression.Create($"at {catcher.GetEndpoint("http").Property(EndpointProperty.Port)}"))
                .OnBeforeResourceStarted((_, _, _) => Hear("starts"))
                .OnResourceReady((_, _, _) => Hear("ready"))
                .WithHttpCommand("/health", "Ask", commandName: "ask", commandOptions: new HttpCommandOptions { Method = HttpMethod.Get, PrepareRequest = context => Hear(context.Request.RequestUri!.ToString()) });
            builder.AddExecutable("shop", "sleep", ".", "1000").WithReference(catcher).WaitFor(catcher);
        });
        await stack.StartAsync(_token);
        var variables = stack.EnvironmentOf("shop");
        Assert.Equal(variables["CATCHER_HTTP"], variables["services__catcher__http__0"]);
        Assert.NotEqual(stack["catcher"].ProcessId, stack["catcher-2"].ProcessId);
        Assert.Equal(["starts", "ready"], told);
        using var client = new HttpClient();
        foreach (var (replica, address) in new[] { (stack["catcher"], variables["services__catcher__http__0"]), (stack["catcher-2"], variables["services__catcher__http__1"]) })
        {
            Assert.Equal(address, replica.Urls[0]);
            var own = stack.EnvironmentOf(replica.Name);
            Assert.Equal((address, $"at {new Uri(address).Port}"), (own["OWN"], own["OWN_PORT"]));
            Assert.True((await stack.Application.ResourceCommands.ExecuteCommandAsync(replica.Name, "ask", _token)).Success);
            Assert.Equal($"{address}/health", told.Last());
            Assert.True((await client.GetAsync(new Uri($"{address}/health"), _token)).IsSuccessStatusCode);
        }

        Assert.Equal("service.instance.id=catcher-2", stack.EnvironmentOf("catcher-2")["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.True((await stack.Application.ResourceCommands.ExecuteCommandAsync(stack.Engine.Find("catcher").Resource, KnownResourceCommands.StopCommand, _token)).Success);
        Assert.Equal(("Exited", "Exited"), (stack["catcher"].State.ToString(), stack["catcher-2"].State.ToString()));

        Task Hear(string word)
        {
            told.Enqueue(word);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_javascript_application_gets_its_packages_first_and_its_port_from_the_command_line()
    {
        await using var stack = TestStack.Of(builder =>
        {
            File.WriteAllText(Path.Combine(builder.AppHostDirectory, "server.js"), Server);
            Directory.CreateDirectory(Path.Combine(builder.AppHostDirectory, "web"));
            File.WriteAllText(Path.Combine(builder.AppHostDirectory, "web", "package.json"), """{ "private": true, "scripts": { "dev": "node ../server.js" } }""");
            Directory.CreateDirectory(Path.Combine(builder.AppHostDirectory, "tool"));
            builder.AddViteApp("web", "web").WithHttpHealthCheck();
            builder.AddNodeApp("tool", "tool", "../server.js").WithArgs("one").WithHttpEndpoint(env: "PORT").WithHttpHealthCheck();
        });
        await stack.StartAsync(_token);
        Assert.Equal(0, stack["web-installer"].ExitCode);
        Assert.True(File.Exists(Path.Combine(stack.Folder, "web", "package-lock.json")), "npm has brought the packages, of which there are none");
        var web = await AskAsync("web");
        Assert.Equal(["--port", web.GetProperty("port").GetString()], Arguments(web));
        Assert.Equal("development", web.GetProperty("mode").GetString());
        Assert.Equal(["one"], Arguments(await AskAsync("tool")));
        Assert.DoesNotContain(stack.Engine.Runners, runner => runner.Name == "tool-installer");

        async Task<JsonElement> AskAsync(string name)
        {
            using var client = new HttpClient();
            return JsonDocument.Parse(await client.GetStringAsync(new Uri(stack[name].Urls.Single()), _token)).RootElement;
        }

        static IEnumerable<string?> Arguments(JsonElement answer) => answer.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString());
    }
}
