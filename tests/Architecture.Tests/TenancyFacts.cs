using Architecture.Tests.Schema;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Tenancy;
using Platform.Testing;
using Xunit;

namespace Architecture.Tests;

/// <summary>Every table of every service belongs to tenants, and PostgreSQL keeps them apart.</summary>
public sealed class TenancyFacts
{
    private static readonly Guid Nobody = Guid.Parse("0190ffff-0000-7000-8000-00000000ffff");

    public static TheoryData<string> Databases => [.. ServiceDatabase.All];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void There_are_databases_to_check() => Assert.True(Databases.Count >= 6, $"Only {Databases.Count} were found.");

    [Fact]
    public void Each_database_of_the_stack_is_checked_or_said_not_to_be_ours()
    {
        var stack = File.ReadAllText(Path.Combine(Repository.Root, "apphost", "AppHost.cs"));
        var named = System.Text.RegularExpressions.Regex.Matches(stack, "AddDatabase\\(\\$?\"[^\"]*\", \"?(\\w+)\"?\\)").Select(match => match.Groups[1].Value).ToList();
        Assert.True(named.Count >= 3, "The AppHost names its databases in another way.");
        // A service's database has the app's id, which the AppHost holds in a variable.
        Assert.Empty(named.Except([.. SchemaExceptions.NotOurs, .. ServiceDatabase.All, "appId"]));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void Keys_indexes_and_references_begin_with_the_tenant(string service)
    {
        using var context = ServiceDatabase.CreateContext(service, "Host=localhost");
        var entities = context.Model.GetEntityTypes().Where(type => typeof(ITenantOwned).IsAssignableFrom(type.ClrType)).ToList();
        Assert.NotEmpty(entities);
        Assert.All(entities, entity =>
        {
            Assert.NotEmpty(entity.GetDeclaredQueryFilters());
            Assert.All(entity.GetKeys(), key => BeginsWithTenant(entity, key.Properties));
            Assert.All(entity.GetIndexes().Where(index => index.IsUnique), index => BeginsWithTenant(entity, index.Properties));
            Assert.All(entity.GetForeignKeys(), key => BeginsWithTenant(entity, key.Properties));
        });
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_guard_finds_nothing_wrong(string service)
    {
        await using var database = await ServiceDatabase.CloneAsync(service);
        var report = await SchemaGuard.InspectAsync(database, Token);
        Assert.True(report.Findings.Count == 0, $"{service}: {string.Join('\n', report.Findings)}");
        Assert.All(SchemaCheck.All.Where(check => check.AlwaysFinds), check => Assert.True(report.Looked[check.Name] > 0, $"{service}: no {check.Name} were found."));
        Assert.True(report.Looked["tenant columns"] >= 3, $"Only {report.Looked["tenant columns"]} tables were found in {service}.");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_row_is_seen_by_its_tenant_alone(string service)
    {
        await using var database = await ServiceDatabase.CloneAsync(service);
        await SampleRows.AddAsync(database, TestTenants.Acme);
        var own = await SampleRows.CountAsync(database, TestTenants.Acme, Token);
        Assert.True(own.Count >= 3, $"Only {own.Count} tables were found in {service}.");
        Assert.All(own, table => Assert.True(table.Value == 1, $"{service}.{table.Key}: the tenant sees {table.Value} of its rows."));
        foreach (var tenant in (Guid?[])[TestTenants.Globex, Nobody, null])
            Assert.All(await SampleRows.CountAsync(database, tenant, Token), table => Assert.True(table.Value == 0, $"{service}.{table.Key} shows {table.Value} rows to {tenant?.ToString() ?? "no tenant"}."));
    }

    private static void BeginsWithTenant(IEntityType entity, IReadOnlyList<IReadOnlyProperty> properties) =>
        Assert.True(properties[0].Name == nameof(ITenantOwned.TenantId), $"{entity.DisplayName()}: ({string.Join(", ", properties.Select(property => property.Name))}) does not begin with the tenant.");
}
