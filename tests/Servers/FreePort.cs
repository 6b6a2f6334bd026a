using System.Net;
using System.Net.Sockets;

namespace Platform.TestServers;

/// <summary>Free ports below the ephemeral ones, each handed out once.</summary>
public static class FreePort
{
    private static readonly HashSet<int> Taken = [];
    private static readonly Lock Guard = new();

    public static int Next()
    {
        lock (Guard)
        {
            while (true)
            {
                var port = Random.Shared.Next(20_000, 30_000);
                if (IsFree(port) && Taken.Add(port))
                    return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
