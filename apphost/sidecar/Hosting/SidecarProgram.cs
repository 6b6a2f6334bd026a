using System.Diagnostics;

namespace Platform.Sidecar.Hosting;

/// <summary>Starts the sidecar and runs it until it is told to stop.</summary>
internal static partial class SidecarProgram
{
    public static async Task<int> Run(string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await using var host = SidecarHost.Build(CommandLine.Parse(arguments));
            await host.Services.GetRequiredService<AppLoader>().Load(CancellationToken.None);
            await host.StartAsync();
            var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("dapr");
            Log.Initialized(logger, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await host.WaitForShutdownAsync();
            return Environment.ExitCode;
        }
        catch (StartupException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "dapr initialized. Status: Running. Init Elapsed {Milliseconds:0}ms")]
        public static partial void Initialized(ILogger logger, double milliseconds);
    }
}
