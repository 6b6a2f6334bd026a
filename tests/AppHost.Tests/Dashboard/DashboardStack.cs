using Aspire.Hosting;
using Platform.LocalHost.Control;

namespace AppHost.Tests.Dashboard;

/// <summary>A small application that runs with its dashboard.</summary>
internal sealed class DashboardStack : IAsyncDisposable
{
    public const string Token = "0123456789abcdef0123456789abcdef";
    private static int s_instances;

    private readonly TestStack _stack;
    private readonly ControlServer _control;

    private DashboardStack(TestStack stack, ControlServer control)
    {
        (_stack, _control) = (stack, control);
        Browser = new HttpClient { BaseAddress = new Uri(Address, "/") };
    }

    public TestStack Stack => _stack;

    /// <summary>The address with the token.</summary>
    public Uri Address => _control.Dashboard!;

    /// <summary>Keeps cookies, as a browser does.</summary>
    public HttpClient Browser { get; }

    public static async Task<DashboardStack> StartAsync(Action<IDistributedApplicationBuilder> describe)
    {
        // Far from those of the stacks that other facts start.
        var offset = 8000 + Interlocked.Increment(ref s_instances) * 20;
        var stack = TestStack.Of(describe, "--port-offset", $"{offset}");
        var control = await ControlServer.StartAsync(new Platform.LocalHost.Instances.Instance(stack.Folder, "default"), stack.Engine, Token, static () => { });
        await stack.StartAsync(CancellationToken.None);
        return new DashboardStack(stack, control);
    }

    /// <summary>Opens the address with the token, and is then known by a cookie.</summary>
    public Task EnterAsync() => Browser.GetStringAsync(Address);

    /// <summary>The page once it has what is waited for: what is heard can be read a moment later.</summary>
    public async Task<string> PageAsync(string path, string has)
    {
        var page = "";
        await Eventually.HoldsAsync(async () => (page = await Browser.GetStringAsync(new Uri(path, UriKind.Relative))).Contains(has, StringComparison.Ordinal), $"{path} shows {has}");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _stack.StopAsync();
        await _control.DisposeAsync();
        await _stack.DisposeAsync();
    }
}
