using System.Net.Http.Json;
using Isolation.Tests.Oracle;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Access;
using Platform.Data;
using Platform.Invocation;
using Platform.Testing;

namespace Isolation.Tests.Installation;

/// <summary>A service of the installation, whatever its types are.</summary>
internal interface IServiceHost : IAsyncDisposable
{
    string AppId { get; }

    TestDatabase Database { get; }

    IServiceProvider Services { get; }

    /// <summary>Whether its database is there when it has stopped.</summary>
    bool KeepsDatabase { set; }

    /// <summary>A way into the service past gateway and sidecar.</summary>
    HttpMessageHandler CreateHandler();

    Task StartAsync();

    /// <summary>Switches row-level security off, as the owner of the tables.</summary>
    Task DisablePoliciesAsync();

    /// <summary>Starts it anew as <c>Demo:Seed=true</c> does, which creates the companies.</summary>
    Task SeedAsync();

    /// <summary>What it asks the sidecar for.</summary>
    Task<IReadOnlyList<Subscription>> SubscriptionsAsync();
}

/// <summary>A service as it is, permissions and calls of other services included; the sidecar and the identity server are the tests' own.</summary>
/// <typeparam name="TContext">Its unit of work, by which its assembly is known.</typeparam>
internal sealed class ServiceHost<TContext>(string appId, Walls walls, Ports ports, LogCapture logs, FakeIdentityAdmin identity, TestDatabase? seeded) : ServiceFixture<TContext>(appId), IServiceHost
    where TContext : PlatformDbContext
{
    private bool _seed;

    public string AppId { get; } = appId;

    public bool KeepsDatabase { get; set; }

    protected override IEnumerable<(string Name, string Value)> Settings =>
    [
        ("DAPR_GRPC_PORT", $"{ports.SidecarGrpc}"), ("DAPR_HTTP_PORT", $"{ports.SidecarHttp}"), ("Demo:Seed", _seed ? "true" : "false"),
        ("ServiceAccount:ClientId", "tests"), ("ServiceAccount:Secret", "tests"), ("Quotes:PublicUrl", "https://gateway.example"),
        ("Applications:ClientId", "tests"), ("Applications:Secret", "tests"), ("Invitations:ResendAfter", "00:00:00"), ("Invitations:MailsPerDay", "1000000"),
        ("Smtp:Port", $"{ports.Smtp}"), ("Email:Poll", "00:00:01"),
    ];

    public HttpMessageHandler CreateHandler() => ((TestServer)Services.GetRequiredService<IServer>()).CreateHandler();

    public async Task StartAsync()
    {
        await InitializeAsync();
        if (walls is Walls.FilterOnly)
            await DisablePoliciesAsync();
    }

    public Task DisablePoliciesAsync() =>
        Database.ExecuteAsync("DO $$ DECLARE t regclass; BEGIN FOR t IN SELECT oid FROM pg_class WHERE relrowsecurity LOOP EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', t); END LOOP; END $$");

    public Task SeedAsync()
    {
        _seed = true;
        return RestartAsync();
    }

    public async Task<IReadOnlyList<Subscription>> SubscriptionsAsync()
    {
        using var client = new HttpClient(CreateHandler()) { BaseAddress = new Uri($"http://{AppId}/"), DefaultRequestVersion = System.Net.HttpVersion.Version20 };
        client.DefaultRequestHeaders.Add("dapr-api-token", SidecarToken);
        return (await client.GetFromJsonAsync<List<Subscription>>("dapr/subscribe"))!;
    }

    protected override Task<TestDatabase> CreateDatabaseAsync() => seeded?.CopyAsync(AppId) ?? base.CreateDatabaseAsync();

    protected override Task DropDatabaseAsync(TestDatabase database) => KeepsDatabase ? Task.CompletedTask : base.DropDatabaseAsync(database);

    protected override void Configure(IServiceCollection services)
    {
        // Permissions come from the tenants service, as in the product: here it is there to be asked.
        services.Remove(services.Last(service => service.ImplementationType == typeof(TokenAccessSource)));
        services.Remove(services.Last(service => service.ImplementationType == typeof(TestFieldSource)));
        services.Remove(services.Last(service => service.ImplementationType == typeof(TestRateSource)));
        services.AddSingleton<ILoggerProvider>(logs.For(AppId));
        services.AddHttpClient(nameof(ServiceAccount)).ConfigurePrimaryHttpMessageHandler(() => new AccountTokens());
        // The tenants service registers applications there; its type is its own affair.
        services.AddHttpClient("IdentityAdmin").ConfigurePrimaryHttpMessageHandler(() => identity);
        // A company's own server, which is not there: whoever answers says nothing of the kind.
        services.AddHttpClient("ProviderProbe").ConfigurePrimaryHttpMessageHandler(() => new AccountTokens());
        if (walls is Walls.DatabaseOnly or Walls.None)
            services.ConfigureDbContext<TContext>(options => options.ReplaceService<IModelCustomizer, ModelWithoutFilter>());
    }
}

/// <summary>A topic that a service wants, and whether many events of it at once.</summary>
internal sealed record Subscription(string Topic, Routes Routes, BulkSubscribe? BulkSubscribe)
{
    public bool IsBulk => BulkSubscribe is { Enabled: true };
}

internal sealed record Routes(IReadOnlyList<Rule> Rules);

internal sealed record Rule(string Match, string Path);

internal sealed record BulkSubscribe(bool Enabled);

/// <summary>Stands for the token endpoint of the identity server.</summary>
internal sealed class AccountTokens(params string[] permissions) : HttpMessageHandler
{
    public static readonly string[] Permissions =
        ["contacts.read", "contacts.write", "deals.read", "deals.write", "finance.read", "finance.write", "communications.read", "communications.send", "inventory.read", "records.read", "tenants.read"];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage { Content = JsonContent.Create(new { access_token = TestTokens.ForService(permissions.Length > 0 ? permissions : Permissions), expires_in = 300 }) });
}
