using System.Runtime.ExceptionServices;
using Platform.Sidecar.Errors;
using Platform.Sidecar.State;

namespace Platform.Sidecar.Resiliency;

/// <summary>How operations on one target are made: each attempt within a timeout, behind circuit breakers, and again after a failure.</summary>
internal sealed class Policy(TimeSpan? timeout, RetryPolicy? retry, IReadOnlyList<CircuitBreaker> breakers, TimeProvider time)
{
    public static Policy None { get; } = new(null, null, [], TimeProvider.System);

    public TimeSpan? Timeout { get; } = timeout;

    /// <summary>That an operation is run as it is.</summary>
    public bool IsNone { get; } = timeout is null && retry is null && breakers.Count == 0;

    /// <summary>Whether an operation may be run more than once.</summary>
    public bool Retries { get; } = retry is not null && retry.MaxRetries != 0;

    /// <summary>The same timeout and breakers, for what cannot be done twice.</summary>
    public Policy Once() => Retries ? new Policy(Timeout, null, breakers, time) : this;

    public Task Run(Func<CancellationToken, Task> operation, CancellationToken cancellationToken) => IsNone ? operation(cancellationToken) : Run<object?>(
        async token =>
        {
            await operation(token);
            return null;
        }, cancellationToken);

    /// <param name="operation">One attempt.</param>
    /// <param name="cancellationToken">Of the caller.</param>
    /// <param name="judge">Says of a result whether it is a failure; the last one is returned when no attempt is left, those before are disposed.</param>
    /// <exception cref="PolicyTimeoutException">The last attempt took too long.</exception>
    /// <exception cref="CircuitOpenException">A circuit breaker let nothing through; that is not retried.</exception>
    public async Task<T> Run<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken, Func<T, Failure?>? judge = null)
    {
        if (IsNone)
            return await operation(cancellationToken);
        var started = time.GetTimestamp();
        for (var retries = 0; ; retries++)
        {
            var outcome = await Attempt(operation, judge, cancellationToken);
            var pause = outcome.Failure is { } failure ? retry?.Next(failure, retries, time.GetElapsedTime(started)) : null;
            if (pause is null)
                return outcome.Get();
            (outcome.Result as IDisposable)?.Dispose();
            await Task.Delay(pause.Value, time, cancellationToken);
        }
    }

    private async Task<Outcome<T>> Attempt<T>(Func<CancellationToken, Task<T>> operation, Func<T, Failure?>? judge, CancellationToken cancellationToken)
    {
        var entered = new List<(CircuitBreaker Breaker, int Entry)>(breakers.Count);
        try
        {
            foreach (var breaker in breakers)
                entered.Add((breaker, breaker.Enter()));
            var result = await InTime(operation, cancellationToken);
            return Note(entered, new Outcome<T>(result, judge?.Invoke(result), null));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Failure? failure = IsFinal(error) ? null : Failure.Of(error);
            return Note(entered, new Outcome<T>(default, failure, ExceptionDispatchInfo.Capture(error)));
        }
    }

    private static Outcome<T> Note<T>(IReadOnlyList<(CircuitBreaker Breaker, int Entry)> entered, Outcome<T> outcome)
    {
        foreach (var (breaker, entry) in entered)
        {
            if (outcome.Failure is null)
                breaker.Succeeded(entry);
            else
                breaker.Failed(entry);
        }

        return outcome;
    }

    private async Task<T> InTime<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        if (Timeout is not { } limit)
            return await operation(cancellationToken);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(limit);
        try
        {
            // Some clients do not listen to the token: the wait ends all the same.
            return await operation(source.Token).WaitAsync(source.Token);
        }
        catch (Exception error) when (source.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new PolicyTimeoutException(error);
        }
    }

    // What the caller did wrong stays wrong, and is no fault of the target.
    private static bool IsFinal(Exception error) => error is CircuitOpenException or StateConflictException or DaprException { Error.Http: < 500 };

    private readonly record struct Outcome<T>(T? Result, Failure? Failure, ExceptionDispatchInfo? Error)
    {
        public T Get()
        {
            Error?.Throw();
            return Result!;
        }
    }
}
