using Platform.LocalHost.Control;
using Platform.LocalHost.Running;
using Spectre.Console;

namespace Platform.LocalHost.Display;

/// <summary>Shows a start as it goes: a table that redraws itself in a terminal, else one line a change.</summary>
internal sealed class Progress : IAsyncDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(250);

    private readonly Stack _stack;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _drawing;
    private string? _building;

    private Progress(Stack stack)
    {
        _stack = stack;
        stack.Building += OnBuilding;
        if (Terminal.IsInteractive)
        {
            _drawing = DrawAsync();
            return;
        }

        stack.Board.Changed += OnChanged;
        _drawing = Task.CompletedTask;
    }

    public static Progress Follow(Stack stack) => new(stack);

    public async ValueTask DisposeAsync()
    {
        _stack.Building -= OnBuilding;
        _stack.Board.Changed -= OnChanged;
        await _done.CancelAsync();
        await _drawing;
        _done.Dispose();
    }

    private void OnBuilding(string step)
    {
        _building = step;
        if (!Terminal.IsInteractive)
            Terminal.Line($"  build: {step}");
    }

    private void OnChanged(ResourceSnapshot now, ResourceSnapshot? before)
    {
        if (ChangeLines.Describe(now, before) is { } line)
            Terminal.Line(line);
    }

    private Task DrawAsync() => AnsiConsole.Live(new Text("")).AutoClear(true).StartAsync(async live =>
    {
        while (!_done.IsCancellationRequested)
        {
            live.UpdateTarget(new Rows(
                new Markup(_building is null ? "[grey]Starting…[/]" : $"[blue]building[/] {Markup.Escape(_building)}"),
                ResourceTable.Of(_stack.Runners.Select(runner => ResourceView.Of(runner)))));
            await Task.Delay(Redraw, _done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    });
}
