using Architecture.Tests.Schema;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Tenancy;
using Platform.Testing;
using Xunit;

namespace Architecture.Tests;

/// <summary>A company that is gone leaves nothing in any table of any service, and takes nothing of another's along.</summary>
public sealed class PurgeFacts
{
    // The audit log: what happened is kept when the company is gone, and its chain goes on to be sealed.
    private static readonly HashSet<string> AppendOnly = ["audit_entries", "audit_heads", "audit_seals", "audit_unsealed"];

    // Where it lived is the owner's to know; the application cannot write there.
    private const string Placements = "platform.placements";

    public static TheoryData<string> Services => [.. ServiceDatabase.All];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Nothing_of_a_company_is_left_and_all_of_another(string service)
    {
        await using var database = await ServiceDatabase.CloneAsync(service);
        await SampleRows.AddAsync(database, TestTenants.Acme);
        await SampleRows.AddAsync(database, TestTenants.Globex);
        var others = await SampleRows.CountAsync(database, TestTenants.Globex, Token);
        await using (var db = ServiceDatabase.CreateContext(service, database.Application))
        {
            await ActInAsync(db, TestTenants.Acme);
            await TenantRows.DeleteAsync(db, KeptTables.None.Names, [], Token);
        }

        Assert.True(others.Count > 3 && others.Values.All(count => count > 0), string.Join(", ", others));
        Assert.Equal(others, await SampleRows.CountAsync(database, TestTenants.Globex, Token));
        Assert.DoesNotContain(await SampleRows.CountAsync(database, TestTenants.Acme, Token), table => table.Value > 0 && table.Key != Placements && !AppendOnly.Contains(table.Key));
    }

    private static async Task ActInAsync(PlatformDbContext db, Guid tenant)
    {
        db.Caller.ActAsSystem(tenant, "purge");
        await db.Database.OpenConnectionAsync(Token);
        await db.Database.ExecuteSqlAsync($"SELECT set_config('platform.tenant_id', {tenant.ToString()}, false)", Token);
    }
}
