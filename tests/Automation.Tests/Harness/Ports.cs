using System.Net;
using System.Net.Sockets;

namespace Automation.Tests.Harness;

internal static class Ports
{
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(20000, 30000);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: draw again.
            }
        }
    }
}
