using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Platform.Data;
using Platform.Tenancy;
using Platform.Testing;
using Xunit;

namespace Platform.Tests.Filtering;

/// <summary>Two hundred random rows on PostgreSQL, and the same in memory.</summary>
public sealed class SpecimenDatabase : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private DbContextOptions<SpecimenDbContext> _options = null!;

    public IReadOnlyList<Specimen> Rows { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync("specimens");
        await _database.ExecuteAsync(DatabaseScripts.Bootstrap);
        _options = Options(_database.Owner);
        await using (var db = Open(TestTenants.Acme))
        {
            await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
            db.AddRange(Specimens.Random(200));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        // Read back, so that both sides hold what PostgreSQL holds.
        await using var reading = Open(TestTenants.Acme);
        Rows = await reading.Specimens.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    public SpecimenDbContext Open(Guid tenant)
    {
        var db = new SpecimenDbContext(_options);
        db.Caller.ActAsSystem(tenant, "test");
        return db;
    }

    private static DbContextOptions<SpecimenDbContext> Options(string connection)
    {
        var options = new DbContextOptionsBuilder<SpecimenDbContext>().AddInterceptors(new TenantCommandInterceptor());
        DatabaseSetup.ConfigureModel(options.UseNpgsql(connection));
        return options.Options;
    }
}
