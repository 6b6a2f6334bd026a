using System.Net;
using System.Net.Sockets;

namespace Platform.LocalPostgres;

/// <summary>
/// Ports for the servers that tests start: free, below those that the system hands out itself, and each given once in a process. They
/// are taken in blocks that no other process has, as a port is free for others until its server listens.
/// </summary>
public static class TestPorts
{
    private const int First = 20000;
    private const int BlockSize = 100;
    private const int Blocks = 100;

    private static readonly Lock Drawing = new();

    // Open for as long as this process lives: the system gives the locks back, however it ends.
    private static readonly List<(int Block, FileStream Lock)> Taken = [];
    private static int _next = BlockSize;

    /// <summary>The next free port.</summary>
    /// <exception cref="LocalPostgresException">All of them are taken.</exception>
    public static int Next()
    {
        lock (Drawing)
        {
            while (true)
            {
                if (_next == BlockSize)
                    TakeBlock();
                var port = First + (Taken[^1].Block * BlockSize) + _next++;
                if (IsFree(port))
                    return port;
            }
        }
    }

    private static void TakeBlock()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "platform-test-ports")).FullName;
        var start = Random.Shared.Next(Blocks);
        foreach (var block in Enumerable.Range(start, Blocks).Select(number => number % Blocks))
        {
            try
            {
                Taken.Add((block, new FileStream(Path.Combine(folder, $"{block}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)));
                _next = 0;
                return;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Another process, or another user, has it.
            }
        }

        throw new LocalPostgresException($"No free port was found between {First} and {First + (Blocks * BlockSize) - 1}.");
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
