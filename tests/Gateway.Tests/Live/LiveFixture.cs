using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Invocation;
using Platform.Testing;

namespace Gateway.Tests.Live;

/// <summary>Two gateways over one sidecar.</summary>
public sealed class LiveFixture : GatewayFixture
{
    private GatewayFixture? _second;

    public Uri Second => _second!.Rest;

    internal FakeLive Live => Sidecar.Live;

    protected override Dictionary<string, string?> Settings => Replica.Configuration;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _second = new Replica(Sidecar);
        await _second.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await _second!.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>A token of somebody whom others see.</summary>
    public static string TokenOf(Guid tenant, Guid user, string name, DateTime? expires = null) => TestTokens.Create(
        new Dictionary<string, object> { ["sub"] = user.ToString(), ["name"] = name, ["organization"] = new Dictionary<string, object> { ["it"] = new Dictionary<string, object> { ["id"] = tenant.ToString() } } }, expires: expires);

    protected override void Configure(IServiceCollection services)
    {
        base.Configure(services);
        Replica.Account(services);
    }

    private sealed class Replica : GatewayFixture
    {
        public Replica(FakeSidecar sidecar) => Sidecar = sidecar;

        public static Dictionary<string, string?> Configuration => new()
        {
            ["Live:Secret"] = "of the account",
            ["Live:RoomsPerConnection"] = "5",
            ["Live:ConnectionsPerUser"] = "3",
            ["Live:CallBurst"] = "20",
            ["Live:CallsPerSecond"] = "1",
        };

        protected override bool OwnsSidecar => false;

        protected override Dictionary<string, string?> Settings => Configuration;

        public static void Account(IServiceCollection services) => services.AddHttpClient(nameof(ServiceAccount)).ConfigurePrimaryHttpMessageHandler(() => new AccountToken());

        protected override void Configure(IServiceCollection services)
        {
            base.Configure(services);
            Account(services);
        }
    }

    private sealed class AccountToken : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = JsonContent.Create(new { access_token = TestTokens.ForService("communications.watch"), expires_in = 300 }) });
    }
}
