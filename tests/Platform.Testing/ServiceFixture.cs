using System.Net.Http.Headers;
using System.Net.Http.Json;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Platform.Access;
using Platform.CustomFields;
using Platform.Monetary.Rates;
using Xunit;

namespace Platform.Testing;

/// <summary>
/// A service as it is, on its own clone of a migrated PostgreSQL database; only what leaves the process is replaced: the
/// identity server's keys, the tenants service's answer about permissions, and the sidecar, which is absent.
/// </summary>
/// <typeparam name="TProgram">The service's Program.</typeparam>
public abstract class ServiceFixture<TProgram>(string appId) : IAsyncLifetime
    where TProgram : class
{
    public const string SidecarToken = "sidecar-token-of-the-tests";

    private WebApplicationFactory<TProgram>? _factory;

    /// <summary>The clone.</summary>
    public TestDatabase Database { get; private set; } = null!;

    /// <summary>What the tenants service would tell of people, beside what their tokens say.</summary>
    public TestAccess Access { get; } = new();

    /// <summary>What the metadata service would tell of companies' own fields.</summary>
    public TestFields Fields { get; } = new();

    /// <summary>What the tenants service would tell of companies' exchange rates.</summary>
    public TestRates Rates { get; } = new();

    /// <summary>The service's own container.</summary>
    public IServiceProvider Services => Factory.Services;

    private WebApplicationFactory<TProgram> Factory => _factory ?? throw new InvalidOperationException("The fixture is not initialised.");

    public virtual async ValueTask InitializeAsync()
    {
        Database = await CreateDatabaseAsync();
        _factory = CreateFactory(Database, owner: null);
        _factory.StartServer();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_factory is not null)
            await _factory.DisposeAsync();
        // Null where the database could not be made: that failure is told, not one of this.
        if (Database is not null)
            await DropDatabaseAsync(Database);
        GC.SuppressFinalize(this);
    }

    /// <summary>REST as a person of the tenant with these permissions.</summary>
    public HttpClient RestFor(Guid tenant, params string[] permissions) => Rest(TestTokens.ForPerson(tenant, Guid.CreateVersion7(), permissions));

    /// <summary>REST with a token, or without.</summary>
    /// <param name="token">The token.</param>
    /// <param name="replica">Another process of the service; the first one by default.</param>
    public HttpClient Rest(string? token, WebApplicationFactory<TProgram>? replica = null)
    {
        var client = (replica ?? Factory).CreateClient();
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>gRPC as a person of the tenant with these permissions.</summary>
    public CallInvoker GrpcFor(Guid tenant, params string[] permissions) => Grpc(TestTokens.ForPerson(tenant, Guid.CreateVersion7(), permissions));

    /// <summary>gRPC with a token.</summary>
    public CallInvoker Grpc(string token, params (string Key, string Value)[] metadata) =>
        GrpcChannel.ForAddress(Factory.Server.BaseAddress, new GrpcChannelOptions { HttpHandler = Factory.Server.CreateHandler() }).CreateCallInvoker().Intercept(headers =>
        {
            headers.Add("authorization", $"Bearer {token}");
            foreach (var (key, value) in metadata)
                headers.Add(key, value);
            return headers;
        });

    /// <summary>Delivers an event as the sidecar does; the answer is SUCCESS, RETRY or DROP.</summary>
    public async Task<string> DeliverAsync(Guid tenant, Google.Protobuf.IMessage message, Guid? eventId = null, Guid? causedBy = null)
    {
        using var response = await PostAsync($"/events/{Events.EventNames.TopicOf(message.Descriptor)}", Envelope(tenant, message, eventId, causedBy), "application/cloudevents+json", SidecarToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["status"];
    }

    /// <summary>Delivers events of one topic as the sidecar does to a service that takes them in bulk; the answer to each is SUCCESS, RETRY or DROP.</summary>
    public async Task<IReadOnlyList<string>> DeliverInBulkAsync(params IReadOnlyList<(Guid Tenant, Google.Protobuf.IMessage Message, Guid? Subject)> events)
    {
        var entries = events.Select((told, at) => $$"""{"entryId":"{{at}}","event":{{Envelope(told.Tenant, told.Message, subject: told.Subject)}} }""");
        using var response = await PostAsync($"/events/{Events.EventNames.TopicOf(events[0].Message.Descriptor)}/bulk", $$"""{"entries":[{{string.Join(",", entries)}}]}""", "application/json", SidecarToken);
        response.EnsureSuccessStatusCode();
        var statuses = (await response.Content.ReadFromJsonAsync<Dictionary<string, List<Dictionary<string, string>>>>())!["statuses"].ToDictionary(status => status["entryId"], status => status["status"]);
        return [.. events.Select((_, at) => statuses[$"{at}"])];
    }

    /// <summary>Posts as the sidecar does, or as somebody who has no token of it.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, string body, string contentType, string? token)
    {
        using var client = Factory.CreateClient();
        if (token is not null)
            client.DefaultRequestHeaders.Add("dapr-api-token", token);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, contentType);
        return await client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    /// <summary>Stops the service, and starts it again on the same database.</summary>
    public async Task RestartAsync()
    {
        await Factory.DisposeAsync();
        _factory = CreateFactory(Database, owner: null);
        _factory.StartServer();
    }

    /// <summary>Starts a second process of the service, so to speak, on the same database.</summary>
    public WebApplicationFactory<TProgram> StartReplica()
    {
        var replica = CreateFactory(Database, owner: null);
        replica.StartServer();
        return replica;
    }

    /// <summary>Where its rows are: by default a clone of the migrated template.</summary>
    protected virtual Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CloneAsync(appId, MigrateAsync);

    /// <summary>What becomes of it when the service has stopped.</summary>
    protected virtual async Task DropDatabaseAsync(TestDatabase database) => await database.DisposeAsync();

    /// <summary>Settings of this service beside those that every service has.</summary>
    protected virtual IEnumerable<(string Name, string Value)> Settings => [];

    /// <summary>Replaces what else leaves the process.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    private static string Envelope(Guid tenant, Google.Protobuf.IMessage message, Guid? eventId = null, Guid? causedBy = null, Guid? subject = null) => $$"""
        {"specversion":"1.0","id":"{{eventId ?? Guid.CreateVersion7()}}","source":"test","type":"{{message.Descriptor.FullName}}",
         "tenantid":"{{tenant}}",{{(causedBy is { } person ? $"\"{Events.EventNames.CauseExtension}\":\"{person}\"," : "")}}{{(subject is { } record ? $"\"subject\":\"{record}\"," : "")}}
         "time":"{{TimeProvider.System.GetUtcNow():O}}","data":{{Google.Protobuf.JsonFormatter.Default.Format(message)}}}
        """;

    private async Task MigrateAsync(TestDatabase template)
    {
        await using var factory = CreateFactory(template, template.Owner);
        factory.StartServer();
    }

    private WebApplicationFactory<TProgram> CreateFactory(TestDatabase database, string? owner) => new WebApplicationFactory<TProgram>().WithWebHostBuilder(host =>
    {
        host.UseSetting($"ConnectionStrings:{appId}", database.Application);
        host.UseSetting($"ConnectionStrings:{appId}-owner", owner);
        host.UseSetting("Keycloak:realm", "platform");
        host.UseSetting("Keycloak:auth-server-url", "http://identity.test/");
        host.UseSetting("Keycloak:ssl-required", "none");
        host.UseSetting("APP_API_TOKEN", SidecarToken);
        // Nobody listens there: what would go to the broker stays in the outbox, where tests look.
        host.UseSetting("DAPR_GRPC_PORT", "1");
        foreach (var (name, value) in Settings)
            host.UseSetting(name, value);
        host.ConfigureTestServices(services =>
        {
            services.AddSingleton(Access);
            services.AddScoped<IAccessSource, TokenAccessSource>();
            services.AddSingleton(Fields);
            services.AddScoped<ICustomFieldSource, TestFieldSource>();
            services.AddSingleton(Rates);
            services.AddScoped<IExchangeRateSource, TestRateSource>();
            services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Trust);
            Configure(services);
        });
    });
}
