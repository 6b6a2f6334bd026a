using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AppHost.Tests.Dashboard;

/// <summary>What the AppHost adds to its resources, as the dashboard shows it: commands, addresses, and what this engine does not do.</summary>
public sealed class CommandFacts
{
    private const string Server = "require('node:http').createServer((question, answer) => question.url === '/endless' ? answer.writeHead(200, { 'content-type': 'text/plain' }).write('x'.repeat(2000000)) : question.url === '/half' ? answer.writeHead(200, { 'content-type': 'text/plain' }).write('half') : answer.end(question.method + ' ' + question.url)).listen(process.env.PORT, 'localhost')";
    private static readonly Action<ILogger, string, Exception?> Emptied = LoggerMessage.Define<string>(LogLevel.Information, new EventId(1), "Kept {Count}");
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_of_the_apphosts_own_are_buttons_that_say_what_came_of_them()
    {
        var patience = TimeSpan.Zero;
        await using var stack = await DashboardStack.StartAsync(builder =>
        {
            builder.Services.AddHttpClient("hasty", client => client.Timeout = TimeSpan.FromSeconds(0.5));
            var shop = builder.AddExecutable("shop", "node", ".", "-e", Server).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck();
            shop.WithHttpCommand("/stock", "Count the stock", commandOptions: new HttpCommandOptions { IsHighlighted = true, ResultMode = HttpCommandResultMode.Text, PrepareRequest = Note })
                .WithHttpCommand("/half", "Ask who never ends", commandName: "half", commandOptions: new HttpCommandOptions { HttpClientName = "hasty", ResultMode = HttpCommandResultMode.Text })
                .WithHttpCommand("/endless", "Count for ever", commandName: "endless", commandOptions: new HttpCommandOptions { ResultMode = HttpCommandResultMode.Auto })
                .WithHttpCommand("/gone", "Ask in vain", commandName: "vain", commandOptions: new HttpCommandOptions { GetCommandResult = _ => throw new InvalidOperationException("Nobody is there.") })
                .WithCommand("empty", "Empty the shelves", Empty, new CommandOptions
                {
                    ConfirmationMessage = "Really <all> of them?",
                    Arguments = [new InteractionInput { Name = "keep", Label = "Shelves to keep", InputType = InputType.Number, Required = true }, new InteractionInput { Name = "note", InputType = InputType.Text, Value = "Usually." }, new InteractionInput { Name = "by", InputType = InputType.Text, Required = true, Value = "me" }],
                })
                .WithCommand("later", "Not yet", Empty, new CommandOptions { UpdateState = _ => ResourceCommandState.Disabled })
                .WithUrl($"{shop.GetEndpoint("http")}/admin", "Administration")
                .WithUrlForEndpoint("http", url => url.DisplayText = "The shop")
                .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = "/help", DisplayLocation = UrlDisplayLocation.DetailsOnly });
            builder.AddExecutable("helper", "sleep", ".", "1000").WithHidden().WithIconName("Box").WithParentRelationship(shop).PublishAsDockerFile();
        });
        await stack.EnterAsync();
        var address = stack.Stack["shop"].Urls.Single();
        var list = await stack.PageAsync("/", "Count the stock");
        Assert.Contains($"<a href=\"{address}\" target=\"_blank\" rel=\"noreferrer\">The shop</a><a href=\"{address}/admin\" target=\"_blank\" rel=\"noreferrer\">Administration</a>", list, StringComparison.Ordinal);
        foreach (var elsewhere in (string[])["helper", "Empty the shelves", "/help"])
            Assert.DoesNotContain(elsewhere, list, StringComparison.Ordinal);
        var page = await stack.PageAsync("/resources/shop", "Empty the shelves");
        Assert.Contains($"{address}/help", page, StringComparison.Ordinal);
        Assert.Contains("disabled title=\"Not yet\"", page, StringComparison.Ordinal);
        Assert.Contains("WithIconName(Box): the dashboard shows words; PublishAsDockerFile", await stack.PageAsync("/resources/helper", "Not supported locally"), StringComparison.Ordinal);

        Assert.Contains("POST /stock", await RunAsync("shop-http-http-post-/stock", HttpStatusCode.OK), StringComparison.Ordinal);
        Assert.Contains("Nobody is there.", await RunAsync("vain", HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Contains("cannot be done with shop now", await RunAsync("later", HttpStatusCode.Conflict), StringComparison.Ordinal);
        await RunAsync("dance", HttpStatusCode.NotFound);
        var question = await stack.PageAsync("/resources/shop/command?name=empty", "Really &lt;all&gt; of them?");
        Assert.Contains("name=\"keep\"", question, StringComparison.Ordinal);
        Assert.Contains("keep must be given.", await RunAsync("empty", HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Contains("keep must be a number", await RunAsync("empty", HttpStatusCode.Conflict, ("keep", "many")), StringComparison.Ordinal);
        Assert.Contains("All gone. Usually.", await RunAsync("empty", HttpStatusCode.OK, ("keep", "2")), StringComparison.Ordinal);
        Assert.DoesNotContain("Usually.", await RunAsync("empty", HttpStatusCode.OK, ("keep", "2"), ("note", "")), StringComparison.Ordinal);
        Assert.Contains("by must be given.", await RunAsync("empty", HttpStatusCode.Conflict, ("keep", "2"), ("by", "")), StringComparison.Ordinal);
        Assert.Contains("(the answer is longer)", await RunAsync("endless", HttpStatusCode.OK), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(4), patience);
        Assert.Contains("shop has not answered within 0.5 s.", await RunAsync("half", HttpStatusCode.Conflict), StringComparison.Ordinal);
        await stack.PageAsync("/console?resource=shop", "<span>info: Kept 2</span>");

        Task Note(HttpCommandRequestContext request)
        {
            patience = request.HttpClient.Timeout;
            return Task.CompletedTask;
        }

        Task<ExecuteCommandResult> Empty(ExecuteCommandContext context)
        {
            Emptied(context.Logger, context.Arguments["keep"].Value!, null);
            return Task.FromResult(CommandResults.Success($"All gone. {context.Arguments["note"].Value}"));
        }

        async Task<string> RunAsync(string command, HttpStatusCode status, params (string Name, string Value)[] fields)
        {
            using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
            using var answer = await stack.Browser.PostAsync(new Uri($"resources/shop/command?name={Uri.EscapeDataString(command)}", UriKind.Relative), form, _token);
            var said = await answer.Content.ReadAsStringAsync(_token);
            Assert.True(answer.StatusCode == status, said);
            return said;
        }
    }
}
