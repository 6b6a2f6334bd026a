using Npgsql;

namespace Platform.Sidecar.Postgres;

/// <summary>Repeats what is safe to repeat when a connection broke: a restarted server leaves a pool of dead ones behind.</summary>
internal static class Transient
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.Zero, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250)];

    public static async Task<T> Retry<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                return await operation(cancellationToken);
            }
            catch (NpgsqlException error) when (IsTransient(error))
            {
                await Task.Delay(pause, cancellationToken);
            }
        }

        return await operation(cancellationToken);
    }

    public static Task Retry(Func<CancellationToken, Task> operation, CancellationToken cancellationToken) =>
        Retry<object?>(async token =>
        {
            await operation(token);
            return null;
        }, cancellationToken);

    // 57P01-57P03: the server stops or is not up yet; 40001, 40P01: lost against another transaction.
    public static bool IsTransient(NpgsqlException error) =>
        error is PostgresException { SqlState: var state } ? state is "57P01" or "57P02" or "57P03" or "40001" or "40P01" : error.IsTransient;
}
