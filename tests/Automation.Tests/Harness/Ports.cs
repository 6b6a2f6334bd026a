using System.Net;
using System.Net.Sockets;

namespace Automation.Tests.Harness;

internal static class Ports
{
    // One after the other from a random start: two tests at once never draw the same.
    private static int _last = Random.Shared.Next(20000, 29000);

    public static int Free()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _last);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
    }
}
