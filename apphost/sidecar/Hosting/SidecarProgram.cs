using System.Diagnostics;
using Platform.Sidecar.Introspection;

namespace Platform.Sidecar.Hosting;

/// <summary>Starts the sidecar and runs it until it is told to stop.</summary>
internal static partial class SidecarProgram
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    public static async Task<int> Run(string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var flags = Flags.Parse(arguments);
            if (flags.Contains("version") || flags.Contains("build-info"))
                return await Say(SidecarMetadata.RuntimeVersion);
            if (flags.Contains("wait"))
                return await Wait(CommandLine.Parse(arguments));
            await using var host = SidecarHost.Build(CommandLine.Parse(arguments));
            await host.Services.GetRequiredService<AppLoader>().Load(CancellationToken.None);
            await host.StartAsync();
            var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("dapr");
            foreach (var app in host.Services.GetRequiredService<SidecarApps>().All.Where(app => app.Options.FlagsWithoutEffect.Count > 0))
                Log.WithoutEffect(logger, app.Id, string.Join(", ", app.Options.FlagsWithoutEffect));
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

    private static async Task<int> Say(string text)
    {
        await Console.Out.WriteLineAsync(text);
        return 0;
    }

    // What scripts start to know that another sidecar is ready.
    private static async Task<int> Wait(IReadOnlyList<AppOptions> apps)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var limit = new CancellationTokenSource(LongestWait);
        foreach (var address in apps.Select(app => $"http://127.0.0.1:{app.HttpPort}/v1.0/healthz/outbound"))
        {
            while (!await IsReady(client, address))
            {
                if (limit.IsCancellationRequested)
                    return 1;
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }

        return 0;
    }

    private static async Task<bool> IsReady(HttpClient client, string address)
    {
        try
        {
            using var response = await client.GetAsync(address);
            return response.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "App {App}: these flags change nothing here: {Flags}")]
        public static partial void WithoutEffect(ILogger logger, string app, string flags);

        [LoggerMessage(LogLevel.Information, "dapr initialized. Status: Running. Init Elapsed {Milliseconds:0}ms")]
        public static partial void Initialized(ILogger logger, double milliseconds);
    }
}
