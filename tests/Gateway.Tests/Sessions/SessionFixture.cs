using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Sessions;

/// <summary>The gateway with sign-in, in front of a fake sidecar and a fake identity server, on a clock that tests turn.</summary>
public class SessionFixture : GatewayFixture
{
    public const string Keys = "a key of at least thirty-two characters";

    public FakeIdentity Identity { get; protected set; } = null!;

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Keycloak:auth-server-url"] = Identity.Url,
        ["Sessions:ClientSecret"] = FakeIdentity.Secret,
        ["Sessions:Keys"] = Keys,
        ["Sessions:CacheFor"] = "00:00:00",
        ["RateLimit:Burst"] = "100000",
        ["Live:Secret"] = "of the account",
    };

    public override async ValueTask InitializeAsync()
    {
        Identity ??= await FakeIdentity.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (OwnsSidecar)
            await Identity.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Somebody's browser, that of nobody yet.</summary>
    internal Browser Browser() => new(Rest);

    /// <summary>A browser in which this person has signed in.</summary>
    internal async Task<Browser> SignedInAsync(FakePerson person)
    {
        Identity.Person = person;
        var browser = Browser();
        await browser.SignInAsync();
        return browser;
    }

    // Tokens are checked with the keys that the fake identity server shows.
    protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(Time);
}
