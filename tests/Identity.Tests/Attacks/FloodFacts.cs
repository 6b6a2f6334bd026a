using System.Diagnostics;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Attacks;

public sealed class FloodFacts
{
    private const int Attempts = 100_000;
    private const int AtOnce = 32;

    // What stops it: a locked account and a network that tries too often are refused before a password is hashed, and hashing is
    // rationed; the journal is written in batches and bounded.
    [Fact]
    [Trait("category", "long")]
    public async Task A_hundred_thousand_failed_sign_ins_do_not_slow_others()
    {
        await using var identity = await IdentityProcess.StartAsync(null, ("Identity__SignInsPerMinute", "10000000"));
        using var person = new Browser(identity.Url);
        using var cli = Application.Cli(identity);
        var tokens = await cli.SignInAsync(person, "alice@acme.example");
        var quiet = await MedianAsync(() => RefreshAsync(cli, tokens));

        var flood = FloodAsync(identity, cli);
        var busy = new List<double>();
        while (!flood.IsCompleted) busy.Add(await MedianAsync(() => RefreshAsync(cli, tokens)));
        await flood;

        busy.Sort();
        Assert.InRange(busy[busy.Count / 2], 0, Math.Max(250, quiet * 20));
        using var other = new Browser(identity.Url);
        Assert.NotNull((await cli.SignInAsync(other, "greg@globex.example"))["access_token"]);

        async Task RefreshAsync(Application application, System.Text.Json.Nodes.JsonObject former)
        {
            var refreshed = await application.RefreshAsync(former);
            Assert.Null(refreshed.Error());
            foreach (var (name, value) in refreshed.ToList()) former[name] = value?.DeepClone();
        }
    }

    private static Task FloodAsync(IdentityProcess identity, Application cli) => Parallel.ForEachAsync(
        Enumerable.Range(0, AtOnce), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (worker, _) =>
        {
            using var browser = new Browser(identity.Url);
            var page = await browser.OpenAsync(cli.AuthorizationUrl());
            for (var attempt = 0; attempt < Attempts / AtOnce; attempt++)
            {
                var screen = await browser.SignInAsync(page, "sam@acme.example", $"guess {worker} {attempt}");
                Assert.Contains(screen.Error, (string[])["invalid_credentials", "account_locked"]);
            }
        });

    private static async Task<double> MedianAsync(Func<Task> work)
    {
        var times = new List<double>();
        for (var index = 0; index < 9; index++)
        {
            var clock = Stopwatch.StartNew();
            await work();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        return times[times.Count / 2];
    }
}
