using Platform.Sidecar.Tests.Harness;
using static Platform.Sidecar.Tests.Actors.RawActorApp;

namespace Platform.Sidecar.Tests.Actors;

public sealed class ReminderCrashTests
{
    private const int Reminders = 200;
    private const int Rounds = 3;
    private const int Kills = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("category", "long")]
    public async Task No_round_of_any_reminder_is_lost_when_the_sidecar_is_killed_again_and_again()
    {
        var (stack, app) = await Start("""{"entities":["T"]}""");
        await using var _ = stack;
        using (var http = stack.Http("app"))
        {
            await Task.WhenAll(Enumerable.Range(0, Reminders).Select(async number =>
            {
                using var body = Text($$"""{"dueTime":"{{number * 20}}ms","period":"R{{Rounds}}/PT1S"}""");
                using var response = await http.PutAsync($"/v1.0/actors/T/{number % 20}/reminders/r{number}", body, Cancel);
                Assert.Equal(204, (int)response.StatusCode);
            }));
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            var sofar = app.Calls.Count;
            await Eventually.Holds(() => app.Calls.Count >= Math.Min(sofar + 60, Reminders * Rounds - 60), "reminders come");
            await stack.Sidecar.Kill();
            await stack.Start();
        }

        await Eventually.Holds(async () => await Rows(stack) == 0, "all are over", seconds: 40);
        var rounds = app.Calls.CountBy(call => call.Path).ToDictionary();
        Assert.Equal(Reminders, rounds.Count);
        // A kill repeats at most what was under way.
        Assert.All(rounds.Values, count => Assert.InRange(count, Rounds, Rounds + Kills));
        Assert.InRange(app.Calls.Count, Reminders * Rounds, Reminders * Rounds * 2);
    }

    [Fact]
    public async Task A_database_that_goes_away_for_a_while_loses_nothing_and_doubles_little()
    {
        var (stack, app) = await Start("""{"entities":["T"]}""");
        await using var _ = stack;
        using var http = stack.Http("app");
        var accepted = 0;
        for (var number = 0; number < Reminders; number++)
        {
            if (number % 20 == 10)
                await KillConnections(stack);
            using var body = Text("""{"dueTime":"100ms"}""");
            using var response = await http.PutAsync($"/v1.0/actors/T/{number}/reminders/r{number}", body, Cancel);
            accepted += response.IsSuccessStatusCode ? 1 : 0;
        }

        Assert.Equal(Reminders, accepted);
        await Eventually.Holds(async () => await Rows(stack) == 0, "all are over");
        Assert.Equal(Reminders, app.Calls.Select(call => call.Path).Distinct().Count());
        Assert.Equal(Reminders, app.Calls.Count);
    }

    private static Task<long> Rows(TestStack stack) => stack.Database.Scalar<long>("SELECT count(*) FROM state WHERE key LIKE '%.schedule||%'");

    private static async Task KillConnections(TestStack stack)
    {
        await using var command = stack.Database.Source.CreateCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
