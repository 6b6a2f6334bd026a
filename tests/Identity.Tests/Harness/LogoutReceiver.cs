using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Platform.LocalPostgres;

namespace Platform.Identity.Tests.Harness;

/// <summary>An application's back-channel logout address; the first answers may be failures.</summary>
internal sealed class LogoutReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _tokens = new();
    private readonly WebApplication _app;
    private int _failures;

    private LogoutReceiver(WebApplication app, string url, int failures) => (_app, Url, _failures) = (app, url, failures);

    public string Url { get; }

    public IReadOnlyCollection<string> Tokens => _tokens;

    public static async Task<LogoutReceiver> StartAsync(int failures = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var url = $"http://localhost:{TestPorts.Next()}";
        builder.WebHost.UseUrls(url);
        var receiver = new LogoutReceiver(builder.Build(), $"{url}/logout", failures);
        receiver._app.MapPost("/logout", receiver.ReceiveAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (Interlocked.Decrement(ref _failures) >= 0) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        _tokens.Enqueue(form["logout_token"].ToString());
        return Results.Ok();
    }
}
