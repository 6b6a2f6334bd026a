using Platform.Dashboard.ConsoleLogs;
using Platform.Dashboard.Storage;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Control;

/// <summary>Writes down what resources print and what becomes of them, for the dashboard of this run and of later ones.</summary>
internal sealed class StackHistory : IAsyncDisposable
{
    private readonly Stack _stack;

    private StackHistory(Stack stack, DashboardStore store)
    {
        (_stack, Store) = (stack, store);
        stack.Context.Output.LineWritten += OnLine;
        stack.Board.Changed += OnChanged;
    }

    public DashboardStore Store { get; }

    public static StackHistory Keep(Instance instance, Stack stack) => new(stack, new DashboardStore(instance.DashboardFile));

    public ValueTask DisposeAsync()
    {
        _stack.Context.Output.LineWritten -= OnLine;
        _stack.Board.Changed -= OnChanged;
        return Store.DisposeAsync();
    }

    private void OnLine(string resource, string line)
    {
        var text = ConsoleText.Clean(line);
        Store.Add(new ConsoleEntry(resource, Micros.Of(_stack.Context.Time.GetUtcNow()), ConsoleText.LevelOf(text), text));
    }

    // Another second of waiting is nothing new.
    private void OnChanged(ResourceSnapshot now, ResourceSnapshot? before)
    {
        if (now.State == before?.State && now.Healthy == before.Healthy)
            return;
        var resource = RunningStack.Describe(_stack, _stack.Find(now.Name), now);
        Store.Add(new ChangeEntry(now.Name, Micros.Of(_stack.Context.Time.GetUtcNow()), resource.Mood, resource.Words, now.Detail));
    }
}
