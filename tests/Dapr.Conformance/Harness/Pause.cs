namespace Dapr.Conformance.Harness;

/// <summary>Work that takes its time, in an app.</summary>
internal static class Pause
{
    public static async Task ForAsync(int milliseconds)
    {
        using var never = new SemaphoreSlim(0);
        await never.WaitAsync(milliseconds);
    }
}
