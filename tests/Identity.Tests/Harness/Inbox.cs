extern alias mail;

using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using mail::Platform.MailCatcher;
using Microsoft.AspNetCore.Builder;
using Platform.LocalPostgres;

namespace Platform.Identity.Tests.Harness;

/// <summary>A mail server that keeps what the provider sends.</summary>
internal sealed partial class Inbox : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("identity-mail-").FullName;
    private readonly int _webPort = TestPorts.Next();
    private readonly HttpClient _web;
    private WebApplication? _app;

    public Inbox() => _web = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{_webPort}")) };

    public int SmtpPort { get; } = TestPorts.Next();

    public async Task StartAsync()
    {
        _app = MailCatcherApp.Build([$"--Mail:SmtpPort={SmtpPort}", $"--Mail:WebPort={_webPort}", $"--Mail:Directory={_folder}", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning"]);
        await _app.StartAsync();
    }

    /// <summary>How many letters have come to the address.</summary>
    public async Task<int> CountAsync(string address) =>
        (await _web.GetFromJsonAsync<JsonElement>($"/api/v1/messages?to={Uri.EscapeDataString(address)}")).GetProperty("messages").GetArrayLength();

    /// <summary>The newest letter to the address once there are so many.</summary>
    public async Task<JsonElement> LetterAsync(string address, int count = 1)
    {
        await Eventually.True(async () => await CountAsync(address) >= count);
        var page = await _web.GetFromJsonAsync<JsonElement>($"/api/v1/messages?to={Uri.EscapeDataString(address)}");
        var id = page.GetProperty("messages").EnumerateArray().First().GetProperty("id").GetString();
        return await _web.GetFromJsonAsync<JsonElement>($"/api/v1/messages/{id}");
    }

    /// <summary>The link in the newest letter to the address.</summary>
    public async Task<string> LinkAsync(string address, int count = 1)
    {
        var letter = await LetterAsync(address, count);
        return Link().Match(letter.GetProperty("text").GetString()!).Value;
    }

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"http://\S+/login-actions/action-token\S+")]
    private static partial Regex Link();
}
