namespace Platform.Errors;

/// <summary>Work that may be refused before it begins.</summary>
public static class Opening
{
    /// <summary>What was opened, for the caller to end; where entering is refused or fails, it is ended here.</summary>
    /// <param name="opened">What was opened.</param>
    /// <param name="enter">Makes it ready; the error is why it cannot be.</param>
    public static async Task<Result<T>> UnlessRefusedAsync<T>(this T opened, Func<T, Task<Error?>> enter)
        where T : class, IAsyncDisposable
    {
        ArgumentNullException.ThrowIfNull(enter);
        try
        {
            if (await enter(opened) is not { } refusal)
                return opened;
            await opened.DisposeAsync();
            return refusal;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }
}
