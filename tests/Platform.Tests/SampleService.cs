using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Platform.Auditing;
using Platform.Data;
using Platform.Events;
using Platform.Hosting;
using Platform.Tenancy;
using Platform.Tenancy.Placements;
using Platform.Testing;
using Xunit;

namespace Platform.Tests;

public sealed class Note : Entity
{
    public string Text { get; set; } = "";

    public string ApiKeyHash { get; set; } = "";

    [Confidential]
    public string Diagnosis { get; set; } = "";
}

/// <summary>The same without the audit log.</summary>
[NotAudited("Shows what the log costs.")]
public sealed class Scrap : Entity
{
    public string Text { get; set; } = "";
}

/// <summary>Work that one task does for all tenants.</summary>
[NotAudited("Work that is still to do.")]
public sealed class Errand : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public DateTimeOffset DueTime { get; init; }
}

public sealed class SampleDbContext(DbContextOptions<SampleDbContext> options) : PlatformDbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    public DbSet<Scrap> Scraps => Set<Scrap>();

    public DbSet<Errand> Errands => Set<Errand>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Note>().IsResource("notes");
        model.Entity<Scrap>().IsResource("scraps");
        model.Entity<Errand>(errand =>
        {
            errand.ToTable("errands").HasKey(row => new { row.TenantId, row.Id });
            errand.IsWorkedOnAcrossTenants("The facts of due work.");
        });
    }
}

/// <summary>A service of the test's own on the shared library: one table, one reaction, a fake sidecar beside it.</summary>
public class SampleService : IAsyncLifetime
{
    private WebApplication? _app;

    public FakeSidecar Sidecar { get; } = new();

    public TestDatabase Database { get; private set; } = null!;

    public WorkPlaces Places => _app!.Services.GetRequiredService<WorkPlaces>();

    public Uri Address => new(_app!.Urls.Single());

    /// <summary>How often the reaction fails before it works.</summary>
    public int FailuresToCome { get; set; }

    /// <summary>Texts by which the reaction fails.</summary>
    public ConcurrentDictionary<string, byte> Failing { get; } = new();

    /// <summary>What the reaction was given, in order, and in which trace.</summary>
    public ConcurrentQueue<(string Text, string? Trace)> Reacted { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Sidecar.StartAsync();
        Database = await TestDatabase.CreateAsync("sample");
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["ConnectionStrings:sample"] = Database.Application;
        builder.Configuration["Keycloak:realm"] = "platform";
        builder.Configuration["Keycloak:auth-server-url"] = "http://identity.test/";
        builder.Configuration["Keycloak:ssl-required"] = "none";
        builder.Configuration["APP_API_TOKEN"] = "token";
        builder.Configuration["DAPR_GRPC_ENDPOINT"] = Sidecar.Address.ToString();
        builder.AddPlatform("sample").AddDatabase<SampleDbContext>("sample");
        _app = builder.Build();
        _app.MapPlatform(Subscribe);
        await CreateTablesAsync(Database);
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await Sidecar.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What it reacts to.</summary>
    protected virtual void Subscribe(EventSubscriptions events) => events.On<Contacts.V1.CompanyDeleted, SampleDbContext>(OnCompanyDeletedAsync);

    /// <summary>A database with the same tables, in which a tenant may live.</summary>
    public static async Task<TestDatabase> CreateBesideAsync()
    {
        var database = await TestDatabase.CreateAsync("sample");
        await CreateTablesAsync(database);
        return database;
    }

    /// <summary>Works in a scope of a tenant, as a background task does.</summary>
    public async Task<T> InTenantAsync<T>(Guid? tenant, Func<SampleDbContext, Task<T>> work)
    {
        await using var scope = _app!.Services.CreateAsyncScope();
        if (tenant is { } given)
            scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(given, "test");
        return await work(scope.ServiceProvider.GetRequiredService<SampleDbContext>());
    }

    public Task<Guid> AddNoteAsync(Guid tenant, string text, Guid? aggregate = null) => InTenantAsync(tenant, async db =>
    {
        var note = new Note { Text = text };
        db.Notes.Add(note);
        db.Publish(aggregate ?? note.Id, new Contacts.V1.CompanyDeleted { Id = text });
        await db.SaveChangesAsync();
        return note.Id;
    });

    public async Task<(HttpStatusCode Code, string Body)> PostAsync(string path, string body, string token = "token")
    {
        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        http.DefaultRequestHeaders.Add("dapr-api-token", token);
        using var content = new StringContent(body);
        using var response = await http.PostAsync(new Uri(Address, path), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>What the sidecar is told when it asks for the subscriptions.</summary>
    public async Task<JsonElement> SubscriptionsAsync()
    {
        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        http.DefaultRequestHeaders.Add("dapr-api-token", "token");
        return await http.GetFromJsonAsync<JsonElement>(new Uri(Address, "/dapr/subscribe"), TestContext.Current.CancellationToken);
    }

    private async Task OnCompanyDeletedAsync(Contacts.V1.CompanyDeleted message, EventContext context, SampleDbContext db, CancellationToken cancellationToken)
    {
        Reacted.Enqueue((message.Id, Activity.Current?.TraceId.ToString()));
        db.Notes.Add(new Note { Text = message.Id });
        await db.SaveChangesAsync(cancellationToken);
        if (FailuresToCome-- > 0 || Failing.ContainsKey(message.Id))
            throw new InvalidOperationException("The reaction was told to fail.");
    }

    private static async Task CreateTablesAsync(TestDatabase database)
    {
        await database.ExecuteAsync(DatabaseScripts.Bootstrap);
        await database.ExecuteAsync(DatabaseScripts.CreateRole("sample_app", "test"));
        var options = new DbContextOptionsBuilder<SampleDbContext>();
        DatabaseSetup.ConfigureModel(options.UseNpgsql(database.Owner));
        await using var owner = new SampleDbContext(options.Options);
        await owner.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
        await database.ExecuteAsync("""
            GRANT USAGE ON SCHEMA public, platform TO sample_app;
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO sample_app;
            """);
        await database.ExecuteAsync(DatabaseScripts.RevokeChanges("sample_app"));
    }
}

/// <summary>The same, which takes its events many at once.</summary>
public sealed class BulkSampleService : SampleService
{
    protected override void Subscribe(EventSubscriptions events)
    {
        base.Subscribe(events);
        events.InBulk();
    }
}
