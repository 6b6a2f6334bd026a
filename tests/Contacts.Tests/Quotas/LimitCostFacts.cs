using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Xunit;

namespace Contacts.Tests.Quotas;

/// <summary>What a limit costs those who have one, beside those who have none, in one run.</summary>
[Trait("category", "long")]
public sealed class LimitCostFacts(ContactsFixture contacts, ITestOutputHelper output) : IClassFixture<ContactsFixture>
{
    private const int Turns = 12;
    private const int Creates = 60;
    private const int AtOnce = 8;
    private const double MostTimes = 2;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_limit_costs_less_than_the_create_itself()
    {
        var (free, limited) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var message = new TenantLimitsChanged { Limits = new Limits { Resources = { ["contacts.person"] = 1_000_000, ["contacts"] = 1_000_000 } }, SetTime = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToTimestamp() };
        Assert.Equal("SUCCESS", await contacts.DeliverAsync(limited, message));
        foreach (var atOnce in new[] { 1, AtOnce })
        {
            var (freeTimes, limitedTimes) = (new List<double>(), new List<double>());
            for (var turn = 0; turn < Turns; turn++)
            {
                freeTimes.Add(await TimeAsync(free, atOnce));
                limitedTimes.Add(await TimeAsync(limited, atOnce));
            }

            var (without, with) = (Median(freeTimes), Median(limitedTimes));
            output.WriteLine($"{atOnce} at once: {without:0.00} ms a create without a limit, {with:0.00} ms with two: {with / without:0.00} times");
            Assert.True(with < without * MostTimes, $"{with:0.00} ms instead of {without:0.00} ms.");
        }

        Assert.Equal(Turns * (Creates + (Creates / AtOnce * AtOnce)), await contacts.Database.QueryAsync<long>($"SELECT used FROM quotas WHERE tenant_id = '{limited}' AND resource = 'contacts'"));
    }

    private async Task<double> TimeAsync(Guid tenant, int atOnce)
    {
        var clients = Enumerable.Range(0, atOnce).Select(_ => contacts.People(tenant)).ToList();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Select(async client =>
        {
            for (var i = 0; i < Creates / atOnce; i++)
                await client.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Somebody", Email = $"{Guid.NewGuid():N}@initech.example" } }, cancellationToken: Token);
        }));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / (Creates / atOnce * atOnce);
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
