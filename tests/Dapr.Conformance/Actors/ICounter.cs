using Dapr.Actors;

namespace Dapr.Conformance.Actors;

/// <summary>An actor that counts, and can be asked for everything that an actor can do.</summary>
public interface ICounter : IActor
{
    /// <summary>Adds and returns the sum.</summary>
    Task<int> AddAsync(int number);

    /// <summary>Reads, takes its time, writes: wrong if two could do it at once.</summary>
    Task<int> SlowlyAddAsync(int number);

    /// <summary>Sets a value that dies.</summary>
    Task SetBrieflyAsync(int number, TimeSpan life);

    Task<int> GetAsync();

    Task ForgetAsync();

    Task FailAsync(string message);

    Task RemindAsync(string name, TimeSpan due, TimeSpan period, int times);

    Task<bool> HasReminderAsync(string name);

    Task UnremindAsync(string name);

    Task StartTimerAsync(string name, TimeSpan due, TimeSpan period);

    Task StopTimerAsync(string name);

    /// <summary>Calls itself so many times within one another.</summary>
    Task<int> NestAsync(int depth);
}
