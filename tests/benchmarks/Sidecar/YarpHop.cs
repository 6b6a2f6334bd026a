using System.Diagnostics;
using System.Globalization;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Benchmarks.Sidecar;

/// <summary>The yardstick of a hop: a process that does nothing but forward with YARP.</summary>
internal sealed class YarpHop : IDisposable
{
    private readonly Process _process;

    private YarpHop(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<YarpHop> StartAsync(int destination, CancellationToken cancellationToken)
    {
        var program = typeof(YarpHop).Assembly.Location;
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "yarp", destination.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        var address = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The forwarder ended before it was ready.");
        return new YarpHop(process, address);
    }

    /// <summary>The process itself: says its address, and forwards everything.</summary>
    public static async Task<int> RunAsync(int destination, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHttpForwarder();
        await using var app = builder.Build();
        app.MapForwarder("/{**rest}", $"http://127.0.0.1:{destination}", new ForwarderRequestConfig
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        });
        await app.StartAsync(cancellationToken);
        Console.WriteLine(app.Urls.Single());
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
