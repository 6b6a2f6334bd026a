extern alias mail;

using mail::Platform.MailCatcher;
using Microsoft.AspNetCore.Builder;

namespace Isolation.Tests.Installation;

/// <summary>A real SMTP server, so that e-mails leave the installation and can be read.</summary>
internal sealed class MailSink(Ports ports) : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"isolation-mail-{Guid.NewGuid():N}");
    private WebApplication? _app;

    /// <summary>The messages as they came over the wire, by name.</summary>
    public IReadOnlyDictionary<string, string> Messages => Directory.Exists(_folder)
        ? Directory.GetFiles(_folder, "*.eml", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText)
        : [];

    public async Task StartAsync()
    {
        _app = MailCatcherApp.Build([$"--Mail:SmtpPort={ports.Smtp}", $"--Mail:WebPort={ports.Mail}", $"--Mail:Directory={_folder}", "--Logging:LogLevel:Default=Warning"]);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
