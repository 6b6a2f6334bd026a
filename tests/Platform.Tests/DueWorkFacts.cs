using System.Collections.Concurrent;
using Npgsql;
using Platform.Tenancy.Placements;
using Platform.Testing;
using Xunit;

namespace Platform.Tests;

/// <summary>Work of all tenants that fails, or is cut off, and comes back long before its lease ends.</summary>
public sealed class DueWorkFacts(SampleService sample) : IClassFixture<SampleService>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_fails_for_now_is_tried_again_in_a_moment()
    {
        await using var errands = new Errands(sample);
        var errand = await errands.AddAsync(TestTenants.Acme);
        errands.Do = attempt => attempt < 2 ? throw new PostgresException("deadlock detected", "ERROR", "ERROR", PostgresErrorCodes.DeadlockDetected) : Task.CompletedTask;
        errands.Start();
        await Eventually.HoldsAsync(() => errands.Attempts.Count(claim => claim == (TestTenants.Acme, errand)) == 2, Deadline);
        Assert.Single(errands.Failures);
    }

    [Fact]
    public async Task What_fails_for_good_waits_and_lets_other_work_go_on()
    {
        await using var errands = new Errands(sample);
        var (broken, sound) = (await errands.AddAsync(TestTenants.Acme), await errands.AddAsync(TestTenants.Globex));
        errands.Do = _ => errands.Attempts.Last().Errand == broken ? throw new InvalidOperationException("It never works.") : Task.CompletedTask;
        errands.Start();
        await Eventually.HoldsAsync(() => errands.Attempts.Any(claim => claim.Errand == sound), Deadline);
        await Eventually.HoldsAsync(async () => await errands.SecondsUntilDueAsync(broken) is > 0 and <= 60, Deadline);
        Assert.Single(errands.Attempts, claim => claim.Errand == broken);
    }

    [Fact]
    public async Task A_tenants_database_that_is_away_holds_up_no_other_and_is_told_of()
    {
        await using var errands = new Errands(sample);
        await using var beside = await SampleService.CreateBesideAsync();
        var name = new NpgsqlConnectionStringBuilder(beside.Application).Database!;
        var (lost, living, there) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await beside.ExecuteAsync($"INSERT INTO platform.placements (tenant_id, database_name) VALUES ('{living}', '{name}')");
        await beside.ExecuteAsync($"INSERT INTO errands (tenant_id, id, due_time) VALUES ('{living}', '{there}', now() - interval '1 minute')");
        await sample.Database.ExecuteAsync($"INSERT INTO platform.placements (tenant_id, database_name) VALUES ('{lost}', 'of_nobody')");
        await sample.Database.ExecuteAsync($"INSERT INTO platform.placements (tenant_id, database_name) VALUES ('{living}', '{name}')");
        try
        {
            var here = await errands.AddAsync(TestTenants.Acme);
            errands.Start();
            await Eventually.HoldsAsync(() => errands.Attempts.Contains((living, there)) && errands.Attempts.Contains((TestTenants.Acme, here)), Deadline);
            Assert.Contains(errands.Failures, failure => failure.Message.Contains("of_nobody", StringComparison.Ordinal));
        }
        finally
        {
            await sample.Database.ExecuteAsync($"DELETE FROM platform.placements WHERE tenant_id IN ('{lost}', '{living}')");
        }
    }

    [Fact]
    public async Task What_is_not_finished_when_the_process_stops_is_due_at_once()
    {
        await using var errands = new Errands(sample);
        var errand = await errands.AddAsync(TestTenants.Acme);
        var begun = new TaskCompletionSource();
        errands.Do = _ =>
        {
            begun.SetResult();
            return Task.Delay(Timeout.Infinite, errands.Stopping);
        };
        errands.Start();
        await begun.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.True(await errands.SecondsUntilDueAsync(errand) > 60);
        await errands.StopAsync();
        Assert.True(await errands.SecondsUntilDueAsync(errand) <= 0);
    }

    [Fact]
    public async Task What_became_due_anew_meanwhile_is_not_put_off()
    {
        await using var errands = new Errands(sample);
        var errand = await errands.AddAsync(TestTenants.Acme);
        errands.Do = async _ =>
        {
            await sample.Database.ExecuteAsync($"UPDATE errands SET due_time = now() + interval '1 day' WHERE id = '{errand}'");
            throw new TimeoutException("Too late.");
        };
        errands.Start();
        await Eventually.HoldsAsync(() => errands.Failures.Count == 1, Deadline);
        Assert.True(await errands.SecondsUntilDueAsync(errand) > 3600);
    }

    /// <summary>The work of one fact, and what became of it.</summary>
    private sealed class Errands(SampleService sample) : IAsyncDisposable
    {
        private static readonly DueTable Table = new("errands", "tenant_id, id", TimeSpan.FromMinutes(10));
        private readonly CancellationTokenSource _stopping = new();
        private readonly SemaphoreSlim _nobody = new(0);
        private Task _running = Task.CompletedTask;

        public ConcurrentQueue<(Guid Tenant, Guid Errand)> Attempts { get; } = new();

        public ConcurrentQueue<Exception> Failures { get; } = new();

        public CancellationToken Stopping => _stopping.Token;

        /// <summary>The work; it is told which attempt of the errand this is.</summary>
        public Func<int, Task> Do { get; set; } = _ => Task.CompletedTask;

        public Task<Guid> AddAsync(Guid tenant) => sample.InTenantAsync(tenant, async db =>
        {
            var errand = new Errand { DueTime = TimeProvider.System.GetUtcNow().AddMinutes(-1) };
            db.Errands.Add(errand);
            await db.SaveChangesAsync();
            return errand.Id;
        });

        public void Start() => _running = new DueWork<(Guid Tenant, Guid Errand)>(sample.Places, Table, row => (row.GetGuid(0), row.GetGuid(1))).RunAsync(
            async (claim, _) =>
            {
                Attempts.Enqueue(claim);
                await Do(Attempts.Count(attempt => attempt == claim));
                await sample.Database.ExecuteAsync($"DELETE FROM errands WHERE id = '{claim.Errand}'");
            },
            token => _nobody.WaitAsync(TimeSpan.FromMilliseconds(100), token), Failures.Enqueue, _stopping.Token);

        public async Task StopAsync()
        {
            await _stopping.CancelAsync();
            await _running;
        }

        public Task<double> SecondsUntilDueAsync(Guid errand) =>
            sample.Database.QueryAsync<double>($"SELECT extract(epoch FROM due_time - now())::float8 FROM errands WHERE id = '{errand}'");

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            await sample.Database.ExecuteAsync("DELETE FROM errands");
            _stopping.Dispose();
            _nobody.Dispose();
        }
    }
}
