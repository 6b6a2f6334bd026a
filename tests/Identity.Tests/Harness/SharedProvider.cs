using System.Globalization;
using Xunit;

[assembly: AssemblyFixture(typeof(Platform.Identity.Tests.Harness.SharedProvider))]

namespace Platform.Identity.Tests.Harness;

/// <summary>One provider as in production, with a mail server, for every fact that does not change its settings.</summary>
public sealed class SharedProvider : IAsyncLifetime
{
    private readonly Inbox _inbox = new();
    private IdentityProcess? _identity;

    internal IdentityProcess Identity => _identity ?? throw new InvalidOperationException("This fact is about the local provider alone.");

    internal Inbox Inbox => _inbox;

    /// <summary>Where the server under test is.</summary>
    internal string Url => ProviderUnderTest.Url ?? Identity.Url;

    internal string Issuer => $"{Url}/realms/platform";

    public async ValueTask InitializeAsync()
    {
        if (ProviderUnderTest.Url is not null) return;
        await _inbox.StartAsync();
        _identity = await IdentityProcess.StartAsync(null,
            ("SMTP_PORT", _inbox.SmtpPort.ToString(CultureInfo.InvariantCulture)), ("Identity__SignInsPerMinute", "100000"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_identity is not null) await _identity.DisposeAsync();
        await _inbox.DisposeAsync();
    }
}
