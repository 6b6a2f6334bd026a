using Aspire.Hosting;

namespace AppHost.Tests.Dashboard;

/// <summary>A small application that runs with its dashboard.</summary>
internal sealed class DashboardStack : IAsyncDisposable
{
    private static int s_instances;

    private DashboardStack(TestStack stack, Task start)
    {
        (Stack, Start) = (stack, start);
        Browser = new HttpClient { BaseAddress = new Uri(Address, "/") };
    }

    public TestStack Stack { get; }

    /// <summary>Completes when everything is healthy.</summary>
    public Task Start { get; }

    /// <summary>The address with the token.</summary>
    public Uri Address => Stack.Application.Dashboard!;

    /// <summary>Keeps cookies, as a browser does.</summary>
    public HttpClient Browser { get; }

    public static async Task<DashboardStack> StartAsync(Action<IDistributedApplicationBuilder> describe)
    {
        var stack = await BeginAsync(describe);
        await stack.Start;
        return stack;
    }

    /// <summary>An application that is about to start, with the dashboard there already.</summary>
    public static async Task<DashboardStack> BeginAsync(Action<IDistributedApplicationBuilder> describe)
    {
        // Far from those of the stacks that other facts start.
        var offset = 8000 + Interlocked.Increment(ref s_instances) * 20;
        var stack = TestStack.WithDashboard(describe, "--port-offset", $"{offset}");
        var start = stack.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => stack.Application.Dashboard is not null || start.IsCompleted, "the dashboard is there");
        if (start.IsFaulted)
            await start;
        return new DashboardStack(stack, start);
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
        await Stack.DisposeAsync();
    }
}
