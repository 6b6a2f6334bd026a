namespace Platform.Importing.Writing;

/// <summary>Two things at once: PostgreSQL writes what a batch brings, and what is told of it is put together.</summary>
public static class Meanwhile
{
    /// <summary>Computes while the database works; ends when both have, also where one fails.</summary>
    /// <param name="write">Waits for the database.</param>
    /// <param name="compute">Touches no connection.</param>
    public static async Task<T> ComputeAsync<T>(Func<Task> write, Func<T> compute)
    {
        ArgumentNullException.ThrowIfNull(write);
        var computing = Task.Run(compute, CancellationToken.None);
        try
        {
            await write();
        }
        finally
        {
            await ((Task)computing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await computing;
    }
}
