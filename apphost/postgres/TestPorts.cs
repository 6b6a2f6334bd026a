using System.Net;
using System.Net.Sockets;

namespace Platform.LocalPostgres;

/// <summary>Ports for the servers that tests start: free, below those that the system hands out itself, each given once in a process.</summary>
public static class TestPorts
{
    private const int First = 20000;
    private const int Count = 10000;

    // One after the other from a random start: two tests at once never draw the same.
    private static int _drawn = Random.Shared.Next(Count);

    /// <summary>The next free port.</summary>
    /// <exception cref="LocalPostgresException">All of them are taken.</exception>
    public static int Next()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _drawn) % Count);
            if (IsFree(port))
                return port;
        }

        throw new LocalPostgresException($"No free port was found between {First} and {First + Count - 1}.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
