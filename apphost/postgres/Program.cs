using System.Diagnostics;
using System.Runtime.InteropServices;
using Platform.LocalPostgres;

// dotnet run --project apphost/postgres -- --throwaway -- <command...>: runs a command with TEST_POSTGRES naming a server of its own.
var command = args is ["--throwaway", "--", .. var rest] ? rest : [];
if (command.Length == 0)
{
    Console.Error.WriteLine("usage: --throwaway -- <command> [arguments]\nStarts a throwaway PostgreSQL, runs the command with TEST_POSTGRES set, and exits with its code.");
    return 64;
}

try
{
    await using var server = await TestPostgres.StartThrowawayAsync();
    // Ctrl-C and SIGTERM go to the command's group as well; its end ends this program.
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => signal.Cancel = true);
    using var child = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { Environment = { [TestPostgres.Variable] = server.ConnectionString } })!;
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
    {
        signal.Cancel = true;
        Platform.LocalPostgres.Processes.ChildProcess.Send(child.Id, Platform.LocalPostgres.Processes.Signal.Terminate);
    });
    await child.WaitForExitAsync();
    return child.ExitCode;
}
catch (Exception failure) when (failure is LocalPostgresException or System.ComponentModel.Win32Exception)
{
    Console.Error.WriteLine(failure.Message);
    return 69;
}
