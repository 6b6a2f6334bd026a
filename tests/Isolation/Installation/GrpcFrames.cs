using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Isolation.Tests.Installation;

/// <summary>gRPC by hand, for calls whose contracts are Dapr's.</summary>
internal static class GrpcFrames
{
    private const int Header = 5;

    public static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray()[Header..];
    }

    public static async Task WriteAsync(HttpResponse response, byte[] message)
    {
        response.ContentType = "application/grpc";
        var frame = new byte[Header + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame.AsSpan(Header));
        await response.Body.WriteAsync(frame);
        response.AppendTrailer("grpc-status", "0");
    }

    /// <summary>Field 1 of a message where it is text: its bytes on the wire, and the text.</summary>
    public static (byte[] Field, string Text) FirstText(byte[] message)
    {
        using var input = new CodedInputStream(message);
        if (input.ReadTag() != WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited))
            return ([], "");
        var text = input.ReadString();
        return (message[..(int)input.Position], text);
    }
}
