using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.AspNetCore.Builder;
using MimeKit;
using Platform.LocalPostgres;
using Xunit;

namespace Platform.MailCatcher.Tests;

/// <summary>A mail catcher on free ports, its messages in a folder that outlives a restart.</summary>
public sealed class Catcher : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"mail-{Guid.NewGuid():N}");
    private WebApplication? _app;

    public int SmtpPort { get; } = TestPorts.Next();

    public int WebPort { get; } = TestPorts.Next();

    public HttpClient Web { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        _app = MailCatcherApp.Build([$"--Mail:SmtpPort={SmtpPort}", $"--Mail:WebPort={WebPort}", $"--Mail:Directory={_folder}", "--Mail:MaxMessageSize=200000", "--Logging:LogLevel:Default=Warning"]);
        await _app.StartAsync();
        Web = new HttpClient { BaseAddress = new Uri($"http://localhost:{WebPort.ToString(CultureInfo.InvariantCulture)}") };
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await InitializeAsync();
    }

    public async Task SendAsync(MimeMessage message, params string[] recipients)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync("localhost", SmtpPort, SecureSocketOptions.None);
        var to = recipients.Length > 0 ? recipients.Select(MailboxAddress.Parse) : message.GetRecipients();
        await client.SendAsync(message, message.From.Mailboxes.First(), to);
        await client.DisconnectAsync(quit: true);
    }

    public Task<JsonElement> GetAsync(string path) => Web.GetFromJsonAsync<JsonElement>(path);

    public Task<string> GetTextAsync(string path) => Web.GetStringAsync(path);

    public Task<byte[]> GetBytesAsync(string path) => Web.GetByteArrayAsync(path);

    /// <summary>Talks SMTP by hand: sends the bytes and reads until the server closes or has answered QUIT.</summary>
    public async Task<string> TalkAsync(string conversation)
    {
        using var socket = new TcpClient("localhost", SmtpPort);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(conversation));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public static MimeMessage Message(string to, string subject, string text = "Hello") => new()
    {
        From = { MailboxAddress.Parse("Acme <billing@acme.example>") },
        To = { MailboxAddress.Parse(to) },
        Subject = subject,
        Body = new TextPart("plain") { Text = text },
    };

    private async Task StopAsync()
    {
        Web.Dispose();
        await _app!.DisposeAsync();
    }
}
