namespace Platform.TestServers;

internal static class SharedServer
{
    /// <summary>Ends the server and deletes its data when this process exits; when it is killed, the kernel ends the server.</summary>
    public static async Task<T> KeepAsync<T>(Task<T> starting) where T : TestServer
    {
        var server = await starting;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return server;
    }
}
