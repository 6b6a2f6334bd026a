using System.Diagnostics;
using Platform.Testing;
using Xunit;

namespace Platform.Tests.Audit;

public sealed class AuditCostFacts(SampleService sample) : IClassFixture<SampleService>
{
    private const int Writers = 8;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    /// <summary>The bare save of a row and its event, without the call around it: of a real create this is a third.</summary>
    [Fact]
    [Trait("category", "long")]
    public async Task The_log_costs_less_than_the_save_that_it_tells_of()
    {
        var tenant = Guid.CreateVersion7();
        await TurnAsync(tenant, audited: true);
        await TurnAsync(tenant, audited: false);
        var ratios = new List<double>();
        for (var turn = 0; turn < 6; turn++)
        {
            var with = await TurnAsync(tenant, audited: true);
            var without = await TurnAsync(tenant, audited: false);
            ratios.Add(with / without);
            TestContext.Current.SendDiagnosticMessage($"with the log {with:F0} saves a second, without {without:F0}: {with / without:P0}");
        }

        var waiting = Stopwatch.StartNew();
        await Eventually.HoldsAsync(async () => await sample.Database.QueryAsync<long>("SELECT count(*) FROM audit_unsealed") == 0, TimeSpan.FromSeconds(30));
        var median = ratios.Order().ElementAt(ratios.Count / 2);
        TestContext.Current.SendDiagnosticMessage($"median {median:P0}; everything sealed {waiting.Elapsed.TotalSeconds:F1} s after the last save");
        Assert.True(median > 0.5, $"{median:P0}");
    }

    private async Task<double> TurnAsync(Guid tenant, bool audited)
    {
        var (started, count) = (Stopwatch.GetTimestamp(), 0);
        await Parallel.ForAsync(0, Writers, async (_, _) =>
        {
            while (Stopwatch.GetElapsedTime(started) < Turn)
            {
                await sample.InTenantAsync(tenant, db =>
                {
                    if (audited)
                        db.Notes.Add(new Note { Text = "An ordinary row with a name, an address and a number" });
                    else
                        db.Scraps.Add(new Scrap { Text = "An ordinary row with a name, an address and a number" });
                    db.Publish(Guid.CreateVersion7(), new Contacts.V1.CompanyDeleted { Id = "x" });
                    return db.SaveChangesAsync();
                });
                Interlocked.Increment(ref count);
            }
        });
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
