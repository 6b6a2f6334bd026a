using System.Collections.Concurrent;
using System.Globalization;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Bindings;

/// <summary>Type <c>bindings.cron</c>: an event without data at each time of a schedule; the operation <c>delete</c> ends it for the app.</summary>
internal sealed class CronBinding(ComponentSpec spec, TimeProvider time) : IInputBinding, IOutputBinding
{
    private readonly CronSchedule _schedule = CronSchedule.Parse(spec["schedule"] ?? throw new StartupException("schedule is missing or empty"));
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _ends = new();

    public IReadOnlyList<string> Capabilities { get; } = ["INPUT_BINDING", "OUTPUT_BINDING"];
    public IReadOnlyList<string> Operations { get; } = ["delete"];

    public Task Start(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<BindingResponse> Invoke(BindingRequest request, CancellationToken cancellationToken)
    {
        await End(request.AppId).CancelAsync();
        return BindingResponse.Empty;
    }

    public async Task Read(string appId, Func<BindingEvent, CancellationToken, Task> deliver, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, End(appId).Token);
        for (var next = _schedule.Next(time.GetUtcNow()); next is { } at; next = _schedule.Next(Later(at)))
        {
            await WaitUntil(at, ending.Token);
            if (ending.IsCancellationRequested)
                return;
            await deliver(Event(), stopping);
        }
    }

    // What was due while the app was busy with an event is not made up for.
    private DateTimeOffset Later(DateTimeOffset fired) => time.GetUtcNow() is var now && now > fired ? now : fired;

    private async Task WaitUntil(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var longest = TimeSpan.FromDays(1);
        while (at - time.GetUtcNow() is var left && left > TimeSpan.Zero && !cancellationToken.IsCancellationRequested)
            await Task.Delay(left < longest ? left : longest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private BindingEvent Event() => new(default, new Dictionary<string, string>
    {
        ["timeZone"] = TimeZoneInfo.Local.Id,
        ["readTimeUTC"] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture) + " +0000 UTC",
    });

    private CancellationTokenSource End(string appId) => _ends.GetOrAdd(appId, _ => new CancellationTokenSource());
}
