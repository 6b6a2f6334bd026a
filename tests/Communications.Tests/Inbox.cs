extern alias mail;

using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using mail::Platform.MailCatcher;
using Microsoft.AspNetCore.Builder;
using Platform.LocalPostgres;
using Xunit;

namespace Communications.Tests;

/// <summary>A real SMTP server, and what it has received.</summary>
public sealed class Inbox : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"mail-{Guid.NewGuid():N}");
    private readonly int _webPort = TestPorts.Next();
    private HttpClient? _web;
    private WebApplication? _app;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public int SmtpPort { get; } = TestPorts.Next();

    public async Task StartAsync()
    {
        _app = MailCatcherApp.Build([$"--Mail:SmtpPort={SmtpPort}", $"--Mail:WebPort={_webPort}", $"--Mail:Directory={_folder}", "--Logging:LogLevel:Default=Warning"]);
        await _app.StartAsync(Token);
        _web = new HttpClient { BaseAddress = new Uri($"http://localhost:{_webPort.ToString(CultureInfo.InvariantCulture)}") };
    }

    /// <summary>The messages to an address, newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> ToAsync(string address)
    {
        var page = await _web!.GetFromJsonAsync<JsonElement>($"/api/v1/messages?to={Uri.EscapeDataString(address)}", Token);
        var found = new List<JsonElement>();
        foreach (var summary in page.GetProperty("messages").EnumerateArray())
            found.Add(await _web!.GetFromJsonAsync<JsonElement>($"/api/v1/messages/{summary.GetProperty("id").GetString()}", Token));
        return found;
    }

    /// <summary>The message as it came over the wire.</summary>
    public Task<string> SourceAsync(JsonElement message) =>
        _web!.GetStringAsync(new Uri($"/api/v1/messages/{message.GetProperty("summary").GetProperty("id").GetString()}/source", UriKind.Relative), Token);

    public static string? Header(JsonElement message, string name) => message.GetProperty("headers").EnumerateArray()
        .Where(header => header.GetProperty("name").GetString() == name).Select(header => header.GetProperty("value").GetString()).SingleOrDefault();

    public async ValueTask DisposeAsync()
    {
        _web?.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
