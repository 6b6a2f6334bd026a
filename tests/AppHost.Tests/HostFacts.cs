using Npgsql;
using Platform.LocalHost.CommandLine;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Running;
using Platform.LocalPostgres.Processes;
using Xunit;

namespace AppHost.Tests;

/// <summary>The host as its user sees it: commands, signals, kills.</summary>
public sealed class HostFacts
{
    [Fact]
    public async Task Nothing_is_left_behind_when_the_host_is_killed_and_the_next_start_works()
    {
        await using var host = new HostProcess();
        await host.UpAsync();
        var processes = await host.ProcessesAsync();
        var members = processes.Values.SelectMany(Processes.InGroup).Concat(processes.Values).Distinct().ToArray();
        Assert.True(members.Length >= 5, "programs and what they have started");

        ChildProcess.Send(host.Up.Id, Signal.Kill);
        await Eventually.HoldsAsync(() => !members.Any(Processes.IsRunning), "all processes have ended");

        await host.UpAsync();
        Assert.Empty(members.Intersect((await host.ProcessesAsync()).Values));
    }

    [Fact]
    [Trait("category", "long")]
    public async Task Twenty_kills_of_the_host_leave_no_process_no_lock_and_lose_no_row()
    {
        const int Cycles = 20;
        var token = TestContext.Current.CancellationToken;
        await using var host = new HostProcess();
        for (var cycle = 1; cycle <= Cycles; cycle++)
        {
            await host.UpAsync();
            await using (var database = new NpgsqlConnection(await host.DatabaseAsync() + ";Pooling=false"))
            {
                await database.OpenAsync(token);
                await using var write = new NpgsqlCommand($"CREATE TABLE IF NOT EXISTS rows (number int PRIMARY KEY); INSERT INTO rows VALUES ({cycle})", database);
                await write.ExecuteNonQueryAsync(token);
                ChildProcess.Send(host.Up.Id, Signal.Kill);
            }

            await Eventually.HoldsAsync(() => host.Everything.Count == 0, $"all processes have ended after kill {cycle}");
            // Every other time one more start is killed on its way, each a little later than the one before.
            if (cycle % 2 == 0)
            {
                host.Begin();
                await Eventually.HoldsAsync(() => host.Everything.Count > cycle / 4, "the start is under way");
                ChildProcess.Send(host.Up.Id, Signal.Kill);
                await Eventually.HoldsAsync(() => host.Everything.Count == 0, $"all processes have ended after the start that was killed in cycle {cycle}");
            }
        }

        await host.UpAsync();
        await using (var database = new NpgsqlConnection(await host.DatabaseAsync() + ";Pooling=false"))
        {
            await database.OpenAsync(token);
            await using var count = new NpgsqlCommand("SELECT count(*) FROM rows", database);
            Assert.Equal((long)Cycles, await count.ExecuteScalarAsync(token));
        }

        Assert.Equal(0, (await host.RunAsync("down")).Code);
        await Eventually.HoldsAsync(() => host.Everything.Count == 0, "all processes have ended");
        string[] locks = [.. Directory.EnumerateFiles(host.Data, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Where(file => Path.GetFileName(file) is "lock" or "host.json" or "postmaster.pid" || file.Contains("/run/processes/", StringComparison.Ordinal))];
        Assert.Empty(locks);
    }

    [Fact]
    [Trait("category", "long")]
    public async Task An_idle_host_with_its_dashboard_holds_less_than_a_hundred_mebibytes()
    {
        await using var host = new HostProcess();
        await host.UpAsync("--no-dashboard");
        var without = Processes.MebibytesOf(host.Up.Id);
        Assert.Equal(0, (await host.RunAsync("down")).Code);
        await host.UpAsync();
        var with = Processes.MebibytesOf(host.Up.Id);
        TestContext.Current.SendDiagnosticMessage("{0} MiB with the dashboard, {1} without", with, without);
        Assert.InRange(with, 1, 100);
    }

    [Fact]
    public async Task Spoilt_notes_of_an_earlier_run_do_not_keep_it_from_starting()
    {
        await using var host = new HostProcess();
        host.Spoil("run/host.json", "port-offset", "run/processes/left.json", "../build/stamp.json");
        Assert.Equal(3, (await host.RunAsync("ps")).Code);
        await host.UpAsync();
        Assert.NotEmpty(await host.ProcessesAsync());
    }

    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("restart", "resource")]
    [InlineData("demo --contacts", "--contacts")]
    [InlineData("demo --contacts no-such.csv", "There is no file")]
    [InlineData("ps --port-offset many", "many")]
    [InlineData("up --no-dashboard --Facts:Ask=yes", "the variable Parameters__api_key")]
    [InlineData("ps --instance No/Name", "is no name for an instance")]
    public async Task A_mistake_on_the_command_line_is_told_in_a_line(string arguments, string words)
    {
        await using var host = new HostProcess();
        var (code, output) = await host.RunAsync(arguments.Split(' '));
        Assert.Equal(1, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Signal.Interrupt)]
    [InlineData(Signal.Terminate)]
    public async Task A_signal_stops_everything_and_the_host_exits_with_0(Signal signal)
    {
        await using var host = new HostProcess();
        await host.UpAsync();
        var members = (await host.ProcessesAsync()).Values.SelectMany(Processes.InGroup).ToArray();
        ChildProcess.Send(host.Up.Id, signal);
        await Eventually.HoldsAsync(() => host.Up.HasExited, "the host has ended");
        Assert.Equal(0, host.Up.ExitCode);
        Assert.DoesNotContain(members, Processes.IsRunning);
    }

    [Fact]
    public async Task Commands_steer_a_running_host_and_say_when_there_is_none()
    {
        await using var host = new HostProcess();
        Assert.Equal(3, (await host.RunAsync("ps")).Code);
        await host.UpAsync();
        var before = await host.ProcessesAsync();

        Assert.Equal(0, (await host.RunAsync("wait", "--timeout", "30")).Code);
        var environment = await host.RunAsync("env", "family");
        Assert.True(environment.Code == 0, environment.Output);
        Assert.Equal(1, (await host.RunAsync("env", "no-such")).Code);
        Assert.Equal(1, (await host.RunAsync("wait", "no-such")).Code);

        Assert.Contains("greet name=…: Greet", (await host.RunAsync("command", "family")).Output, StringComparison.Ordinal);
        Assert.Equal((1, "Out loud? Say --yes."), Trimmed(await host.RunAsync("command", "family", "greet", "name=Ann")));
        Assert.Equal((0, "Good day, Ann."), Trimmed(await host.RunAsync("command", "family", "greet", "name=Ann", "--yes")));
        Assert.Contains("postgres: WithPgWeb", (await host.RunAsync("ps")).Output, StringComparison.Ordinal);

        var restart = await host.RunAsync("restart", "family");
        Assert.True(restart.Code == 0, restart.Output);
        Assert.NotEqual(before["family"], (await host.ProcessesAsync())["family"]);
        Assert.Equal(1, (await host.RunAsync("stop", "no-such")).Code);
        Assert.Equal(1, (await host.RunAsync("reset")).Code);
        Assert.Contains("is running already", (await host.RunAsync("up")).Output, StringComparison.Ordinal);
        Assert.Contains("starting", (await host.RunAsync("logs", "family")).Output, StringComparison.Ordinal);

        Assert.Equal(0, (await host.RunAsync("stop", "family")).Code);
        var stopped = await host.RunAsync("wait", "family");
        Assert.Equal(1, stopped.Code);
        Assert.Contains("family", stopped.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await host.RunAsync("down")).Code);
        Assert.Equal(3, (await host.RunAsync("wait", "--timeout", "0")).Code);
        await Eventually.HoldsAsync(() => host.Up.HasExited, "the host has ended");
        Assert.Equal(0, (await host.RunAsync("reset")).Code);
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_yet_is_not_said_to_have_stopped_and_keeps_its_data()
    {
        using var folder = new TestFolder();
        var instance = new Instance(folder.Path, "default");
        using (InstanceLock.TryTake(instance))
        {
            await File.WriteAllTextAsync(instance.SecretsFile, "{}", TestContext.Current.CancellationToken);
            Assert.Equal(LocalCommands.Failed, await DownCommand.RunAsync(instance, TestContext.Current.CancellationToken));
            Assert.Contains("try again", Assert.Throws<StackException>(() => ResetCommand.Run(instance, [])).Message, StringComparison.Ordinal);
            Assert.True(File.Exists(instance.SecretsFile));
        }

        Assert.Equal(0, await DownCommand.RunAsync(instance, TestContext.Current.CancellationToken));
        Assert.Equal(0, ResetCommand.Run(instance, []));
        Assert.False(Directory.Exists(instance.Data));
    }

    private static (int Code, string Output) Trimmed((int Code, string Output) answer) => (answer.Code, answer.Output.Trim());

    [Fact]
    public async Task The_doctor_says_what_is_there_and_what_is_not()
    {
        await using var host = new HostProcess();
        var (code, output) = await host.RunAsync("doctor");
        Assert.True(code is 0 or 1, output);
        foreach (var what in (string[])[".NET SDK", "Node.js", "npm", "PostgreSQL", "redis-server", "rabbitmq-server", "Disk", "WithPgWeb"])
            Assert.Contains(what, output, StringComparison.Ordinal);
    }
}
