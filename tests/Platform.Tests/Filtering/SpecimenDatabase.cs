using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Platform.Data;
using Platform.Filtering;
using Platform.Tenancy;
using Platform.Tenancy.Placements;
using Platform.Testing;
using Xunit;

namespace Platform.Tests.Filtering;

/// <summary>Two hundred random rows on PostgreSQL, and the same in memory.</summary>
public sealed class SpecimenDatabase : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private DbContextOptions<SpecimenDbContext> _options = null!;

    public IReadOnlyList<Specimen> Rows { get; private set; } = [];

    private Dictionary<(Type, Guid), object> Related { get; set; } = [];

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync("specimens");
        await _database.ExecuteAsync(DatabaseScripts.Bootstrap);
        _source = NpgsqlDataSource.Create(_database.Owner);
        _options = Options(_source, _database.Owner);
        await using (var db = Open(TestTenants.Acme))
        {
            await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
            db.AddRange(Specimens.Groups());
            db.AddRange(Specimens.Random(200));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        // Read back, so that both sides hold what PostgreSQL holds.
        await using var reading = Open(TestTenants.Acme);
        Rows = await reading.Specimens.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
        var groups = await reading.Groups.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
        Related = Rows.Concat<Entity>(groups).ToDictionary(row => (row.GetType(), row.Id), row => (object)row);
    }

    /// <summary>The context where other records are found: in PostgreSQL, and in memory.</summary>
    internal FilterContext Reaching(FilterContext context, SpecimenDbContext db) =>
        context with { Database = db, FindRelated = (type, id) => Related.GetValueOrDefault((type, id)) };

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    public SpecimenDbContext Open(Guid tenant)
    {
        var db = new SpecimenDbContext(_options);
        db.Caller.ActAsSystem(tenant, "test");
        return db;
    }

    private static DbContextOptions<SpecimenDbContext> Options(NpgsqlDataSource source, string connection)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:specimens", connection)]).Build();
        var databases = new TenantDatabases(configuration, source, new DatabaseNames("specimens"), NullLogger<MissingDatabases>.Instance);
        var options = new DbContextOptionsBuilder<SpecimenDbContext>().AddInterceptors(new TenantCommandInterceptor(databases));
        DatabaseSetup.ConfigureModel(options.UseNpgsql(connection));
        return options.Options;
    }
}
