using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Running;
using Xunit;

namespace AppHost.Tests;

public sealed class StackFacts
{
    private static readonly string MailCatcher = Path.Combine(AppContext.BaseDirectory, "Platform.MailCatcher.dll");
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Programs_run_in_the_order_of_their_waits_and_stop_in_the_reverse()
    {
        await using var stack = TestStack.Of(builder =>
        {
            var first = builder.AddExecutable("first", "sh", ".", "-c", "trap 'echo first down >>order; exit 0' TERM; echo first up >>order; while :; do sleep 0.05; done");
            builder.AddExecutable("second", "sh", ".", "-c", "trap 'echo second down >>order; exit 0' TERM; echo second up >>order; while :; do sleep 0.05; done").WaitFor(first);
        });
        await stack.StartAsync(_token);
        var order = Path.Combine(stack.Folder, "order");
        await Eventually.HoldsAsync(() => File.Exists(order) && File.ReadAllLines(order).Length == 2, "both programs run");
        var (one, two) = (stack["first"].ProcessId!.Value, stack["second"].ProcessId!.Value);
        Assert.True(stack["first"].Since <= stack["second"].Since, "the second program was started after the first one ran");
        await stack.StopAsync();
        Assert.Equal(["second down", "first down"], (await File.ReadAllLinesAsync(order, _token))[2..]);
        Assert.False(Processes.IsRunning(one) || Processes.IsRunning(two));
    }

    [Fact]
    public async Task A_wait_for_completion_is_over_when_the_program_has_ended_well()
    {
        await using var stack = TestStack.Of(builder =>
        {
            var migration = builder.AddExecutable("migration", "sh", ".", "-c", "echo migrated; exit 7");
            builder.AddExecutable("service", "sleep", ".", "1000").WaitForCompletion(migration, exitCode: 7);
        });
        await stack.StartAsync(_token);
        Assert.Equal((ResourceState.Exited, 7), (stack["migration"].State, stack["migration"].ExitCode));
        Assert.Contains("migrated", stack.LogOf("migration"), StringComparison.Ordinal);
        Assert.True(stack["service"].IsReady);
    }

    [Fact]
    public async Task A_program_that_cannot_start_ends_the_start_with_its_last_lines()
    {
        await using var stack = TestStack.Of(builder =>
        {
            var broken = builder.AddExecutable("broken", "sh", ".", "-c", "echo no such luck; exit 3").WithHttpEndpoint().WithHttpHealthCheck();
            builder.AddExecutable("other", "sleep", ".", "1000").WaitFor(broken);
        });
        var failure = await Assert.ThrowsAsync<StackException>(() => stack.StartAsync(_token));
        Assert.Contains("broken ended with exit code 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no such luck", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_program_is_named()
    {
        await using var stack = TestStack.Of(builder => builder.AddExecutable("missing", "no-such-program", "."));
        var failure = await Assert.ThrowsAsync<StackException>(() => stack.StartAsync(_token));
        Assert.Equal("missing: 'no-such-program' was not found on the PATH.", failure.Message);
    }

    [Fact]
    public async Task A_taken_port_names_the_process_that_holds_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var stack = TestStack.Of(builder => builder.AddExecutable("web", "sleep", ".", "1000").WithHttpEndpoint(port: port));
        var failure = await Assert.ThrowsAsync<StackException>(() => stack.StartAsync(_token));
        Assert.StartsWith($"web: port {port} is in use by process {Environment.ProcessId} (", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_can_be_stopped_killed_and_started_again()
    {
        await using var stack = TestStack.Of(builder => builder.AddExecutable("mail", "dotnet", ".", MailCatcher)
            .WithHttpEndpoint(env: "Mail__WebPort").WithEndpoint(scheme: "smtp", env: "Mail__SmtpPort").WithHttpHealthCheck("/health"));
        await stack.StartAsync(_token);
        var first = stack["mail"].ProcessId!.Value;
        Assert.True(stack["mail"].IsReady);

        Platform.LocalPostgres.Processes.ChildProcess.Send(first, Platform.LocalPostgres.Processes.Signal.Kill);
        await Eventually.HoldsAsync(() => stack["mail"].State is ResourceState.Exited, "the kill is noticed");
        Assert.Equal(137, stack["mail"].ExitCode);

        await stack.Engine.Find("mail").StartAsync(_token);
        Assert.True(stack["mail"].IsReady);
        await stack.Engine.Find("mail").StopAsync();
        Assert.Equal(ResourceState.Exited, stack["mail"].State);
        await Eventually.HoldsAsync(() => stack["mail"].ExitCode == 0, "it ended in good order");
    }

    [Fact]
    public async Task Waiting_says_what_for_and_why()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_token);
        await using var stack = TestStack.Of(builder =>
        {
            var silent = builder.AddExecutable("silent", "sleep", ".", "1000").WithHttpEndpoint().WithHttpHealthCheck("/ready");
            builder.AddExecutable("patient", "sleep", ".", "1000").WaitFor(silent);
        });
        var start = stack.StartAsync(cancel.Token);
        await Eventually.HoldsAsync(() => stack["patient"].Detail?.StartsWith("waiting for silent: connection refused, ", StringComparison.Ordinal) == true, "the reason is given");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
    }
}
