using System.Globalization;
using Dapr.Client;
using Dapr.Conformance.Actors;
using Dapr.Conformance.Harness;
using Dapr.Workflow;
using Grpc.Core;

namespace Dapr.Conformance.Faults;

/// <summary>One round of work. Each piece is offered until it is accepted; how often it had to be offered is counted.</summary>
internal sealed class Load(FaultSetup setup, int round)
{
    private const int Events = 1000;
    private const int Workflows = 200;
    private const int Reminders = 200;

    private readonly DaprClient _dapr = setup.Sidecar.Dapr();
    private readonly HttpClient _http = setup.Sidecar.Http();
    private readonly int[] _eventOffers = new int[Events];
    private readonly int[] _reminderOffers = new int[Reminders];

    public async Task OfferAllAsync() => await Task.WhenAll(
        EachAsync(Events, 16, OfferEventAsync), EachAsync(Workflows, 16, OfferWorkflowAsync), EachAsync(Reminders, 8, OfferReminderAsync));

    /// <summary>Waits until everything has come to its end; asserts that it is the right one, and nothing was done oftener than a kill excuses.</summary>
    public async Task<int> EndsRightAsync()
    {
        await Eventually.Holds(() => Enumerable.Range(0, Events).All(number => setup.Events.ContainsKey(Name("event", number))), "every event has come", seconds: 90);
        foreach (var number in Enumerable.Range(0, Workflows))
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
            var state = await setup.Workflows.WaitForWorkflowCompletionAsync(Name("workflow", number), cancellation: limit.Token);
            Assert.Equal((WorkflowRuntimeStatus.Completed, number + 3), (state.RuntimeStatus, state.ReadOutputAs<int>()));
        }

        var seen = new Dictionary<string, int>();
        await Eventually.Holds(() =>
        {
            seen = setup.Reminders.Lines.Where(line => line.Contains(" reminder ", StringComparison.Ordinal)).GroupBy(line => line.Split(' ')[0]).ToDictionary(group => group.Key, group => group.Count());
            return Enumerable.Range(0, Reminders).All(number => seen.ContainsKey(Name("reminder", number)));
        }, "every reminder has come", seconds: 90);
        return Repetitions(seen);
    }

    private int Repetitions(Dictionary<string, int> reminders)
    {
        var repeated = 0;
        foreach (var number in Enumerable.Range(0, Events))
            repeated += Excess(Name("event", number), setup.Events[Name("event", number)], _eventOffers[number]);
        foreach (var number in Enumerable.Range(0, Workflows))
            foreach (var step in Enumerable.Range(number, 3))
                repeated += Excess($"{Name("workflow", number)} {step}", setup.Activities[$"{Name("workflow", number)} {step}"], 1);
        foreach (var number in Enumerable.Range(0, Reminders))
            repeated += Excess(Name("reminder", number), reminders[Name("reminder", number)], _reminderOffers[number]);
        return repeated;
    }

    /// <summary>A kill excuses one more: what was done, and not yet written down.</summary>
    private static int Excess(string name, int times, int due)
    {
        Assert.True(times <= due + 1, $"{name} was done {times} times for {due}");
        return Math.Max(times - due, 0);
    }

    private async Task OfferEventAsync(int number)
    {
        _eventOffers[number]++;
        await _dapr.PublishEventAsync("pubsub", "load", Name("event", number));
    }

    private async Task OfferWorkflowAsync(int number)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await setup.Workflows.ScheduleNewWorkflowAsync("CountThree", Name("workflow", number), number, null, limit.Token);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.AlreadyExists)
        {
            // Accepted before; only the answer was lost.
        }
    }

    private async Task OfferReminderAsync(int number)
    {
        _reminderOffers[number]++;
        using var content = Errors.Json($$"""{"dueTime":"{{(number % 30) * 100}}ms","data":"eA==","overwrite":true}""");
        using var response = await _http.PostAsync(new Uri($"/v1.0/actors/{ActorSetup.Type}/{Name("reminder", number)}/reminders/once", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }

    private static async Task EachAsync(int count, int parallel, Func<int, Task> offerAsync) =>
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (number, _) =>
        {
            while (!await IsAcceptedAsync(() => offerAsync(number)))
                await Pause.ForAsync(100);
        });

    private static async Task<bool> IsAcceptedAsync(Func<Task> offerAsync)
    {
        try
        {
            await offerAsync();
            return true;
        }
        catch (Exception failure) when (failure is DaprException or RpcException or HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private string Name(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what}-{round}-{number}");
}
