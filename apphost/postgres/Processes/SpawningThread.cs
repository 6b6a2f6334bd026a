using System.Collections.Concurrent;

namespace Platform.LocalPostgres.Processes;

internal static class SpawningThread
{
    private static readonly BlockingCollection<Action> Work = [];

    static SpawningThread() => new Thread(Loop) { IsBackground = true, Name = "child processes" }.Start();

    public static T Run<T>(Func<T> start)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                result.SetResult(start());
            }
            catch (Exception failure)
            {
                result.SetException(failure);
            }
        });
        return result.Task.GetAwaiter().GetResult();
    }

    private static void Loop()
    {
        foreach (var work in Work.GetConsumingEnumerable())
            work();
    }
}
