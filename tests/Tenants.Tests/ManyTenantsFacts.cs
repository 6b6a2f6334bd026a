using System.Diagnostics;
using Platform.Testing;
using Xunit;
using V1 = Platform.Tenants.V1;

namespace Tenants.Tests;

/// <summary>A thousand companies with a hundred thousand members: nobody's first request is slower for it.</summary>
public sealed class ManyTenantsFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private const int Members = 100;
    private const int Sample = 24;

    // Companies are copies of one, and people of one; everybody but the first reports to somebody.
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("category", "long")]
    public async Task A_companys_first_request_takes_no_longer_among_a_thousand_than_among_ten()
    {
        var model = (await tenants.CompanyAsync()).Tenant;
        await SeedAsync(model, 1, 10);
        await FirstAndSecondAsync(1, 2);
        var (fewCold, fewWarm) = await FirstAndSecondAsync(3, 10);
        await SeedAsync(model, 11, 1000);
        Assert.Equal(100_000, await tenants.Database.QueryAsync<long>("SELECT count(*) FROM members m JOIN tenants t ON t.id = m.tenant_id WHERE slug LIKE 'company-%'"));
        var (manyCold, manyWarm) = await FirstAndSecondAsync(1000 - Sample, 1000);
        TestContext.Current.TestOutputHelper?.WriteLine($"first: {fewCold:0.0} ms among ten, {manyCold:0.0} ms among a thousand; second: {fewWarm:0.0} and {manyWarm:0.0} ms");
        // A look that grows with the installation would take a hundred times as long.
        Assert.True(manyCold < (fewCold * 2) + 20, $"Among ten {fewCold:0.0} ms, among a thousand {manyCold:0.0} ms.");
        Assert.True(manyWarm < (fewWarm * 2) + 20, $"Warm, among ten {fewWarm:0.0} ms, among a thousand {manyWarm:0.0} ms.");
    }

    // Companies are copies of one, and people of one; everybody but the first reports to somebody.
    private Task SeedAsync(Guid model, int from, int to) => tenants.Database.ExecuteAsync($"""
        WITH companies AS (SELECT md5('company ' || number)::uuid AS id, number FROM generate_series({from}, {to}) AS number),
            made AS (INSERT INTO tenants SELECT (jsonb_populate_record(one, jsonb_build_object('id', c.id, 'tenant_id', c.id, 'slug', 'company-' || c.number))).*
                FROM companies c, tenants one WHERE one.id = '{model}' RETURNING 1),
            people AS (INSERT INTO members SELECT (jsonb_populate_record(one, jsonb_build_object('tenant_id', c.id, 'id', md5(c.number || ' person ' || p)::uuid,
                    'manager_id', CASE WHEN p > 1 THEN md5(c.number || ' person ' || (p / 4 + 1))::uuid END))).*
                FROM companies c, generate_series(1, {Members}) AS p, members one WHERE one.tenant_id = '{model}' RETURNING tenant_id, id)
        INSERT INTO member_keys (tenant_id, user_id) SELECT tenant_id, id FROM people;
        ANALYZE
        """);

    // Medians: of requests of companies that this process has never heard of, and of the same once more.
    private async Task<(double Cold, double Warm)> FirstAndSecondAsync(int from, int to)
    {
        var (cold, warm) = (new List<double>(), new List<double>());
        for (var number = from; number <= to; number++)
        {
            var client = tenants.As(Id($"company {number}"), Id($"{number} person 7"));
            cold.Add(await TimeAsync(client));
            warm.Add(await TimeAsync(client));
        }

        return (cold.Order().ElementAt(cold.Count / 2), warm.Order().ElementAt(warm.Count / 2));
    }

    private static async Task<double> TimeAsync(V1.TenantsService.TenantsServiceClient client)
    {
        var started = Stopwatch.GetTimestamp();
        var page = await client.ListMembersAsync(new V1.ListMembersRequest { PageSize = 20 }, cancellationToken: Token);
        Assert.Equal(20, page.Members.Count);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    // CA5351: no secret, but the id that the seed gives.
#pragma warning disable CA5351
    private static Guid Id(string text) => Guid.ParseExact(Convert.ToHexString(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text))), "N");
#pragma warning restore CA5351
}
