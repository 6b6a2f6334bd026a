using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Platform.Data;
using Platform.Tenancy;
using Platform.Tenancy.Placements;

namespace Platform.Benchmarks.Router;

/// <summary>A service that creates and lists: with row-level security and router, or without them as a superuser; on the same tables.</summary>
internal sealed class RouterService(WebApplication app) : IAsyncDisposable
{
    private const string Name = "router";

    public static Guid Tenant { get; } = Guid.CreateVersion7();

    public Uri Address => new(app.Urls.Single());

    public static async Task<RouterService> StartAsync(string connection, bool isRouted)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration[$"ConnectionStrings:{Name}"] = connection;
        var app = builder.Build();
        var source = NpgsqlDataSource.Create(ConnectionText.Of(app.Configuration, Name));
        var options = new DbContextOptionsBuilder<RouterContext>();
        DatabaseSetup.ConfigureModel(options.UseNpgsql(source));
        if (isRouted)
        {
            var databases = new TenantDatabases(app.Configuration, source, new DatabaseNames(Name), NullLogger<MissingDatabases>.Instance);
            options.AddInterceptors(new TenantRouteInterceptor(databases), new TenantCommandInterceptor(databases));
        }

        var contexts = new PooledDbContextFactory<RouterContext>(options.Options);
        app.MapPost("/people", (NewPerson person, CancellationToken token) => CreateAsync(contexts, person, token));
        app.MapGet("/people", (CancellationToken token) => ListAsync(contexts, token));
        app.Lifetime.ApplicationStopped.Register(source.Dispose);
        await app.StartAsync();
        return new RouterService(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static RouterContext Lease(PooledDbContextFactory<RouterContext> contexts)
    {
        var context = contexts.CreateDbContext();
        context.Caller = new Caller();
        context.Caller.ActAsSystem(Tenant, "benchmark");
        return context;
    }

    private static async Task<IResult> CreateAsync(PooledDbContextFactory<RouterContext> contexts, NewPerson person, CancellationToken cancellationToken)
    {
        await using var db = Lease(contexts);
        var row = new Somebody { Id = Guid.CreateVersion7(), FirstName = person.FirstName, LastName = person.LastName, Email = person.Email };
        db.People.Add(row);
        db.Publish(row.Id, new Contacts.V1.PersonCreated { Person = new() { Id = $"{row.Id}", LastName = row.LastName } });
        await db.SaveChangesAsync(cancellationToken);
        return Results.Ok(row);
    }

    private static async Task<IResult> ListAsync(PooledDbContextFactory<RouterContext> contexts, CancellationToken cancellationToken)
    {
        await using var db = Lease(contexts);
        return Results.Ok(await db.People.AsNoTracking().OrderByDescending(row => row.Id).Take(50).ToListAsync(cancellationToken));
    }

    private sealed record NewPerson(string FirstName, string LastName, string Email);
}
