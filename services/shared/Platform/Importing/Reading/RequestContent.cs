using Google.Protobuf;
using Grpc.Core;

namespace Platform.Importing.Reading;

/// <summary>The pieces of a streamed call as one run of bytes.</summary>
/// <param name="requests">The messages of the call.</param>
/// <param name="contentOf">The piece of the file that a message has.</param>
public sealed class RequestContent<TRequest>(IAsyncStreamReader<TRequest> requests, Func<TRequest, ByteString> contentOf)
    where TRequest : class, new()
{
    private ReadOnlyMemory<byte> _piece;

    /// <summary>Reads the first message, which has the options.</summary>
    public async Task<TRequest> OpenAsync(CancellationToken cancellationToken)
    {
        if (!await requests.MoveNext(cancellationToken))
            return new TRequest();
        _piece = contentOf(requests.Current).Memory;
        return requests.Current;
    }

    /// <summary>The next bytes; 0 at the end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (_piece.IsEmpty)
        {
            if (!await requests.MoveNext(cancellationToken))
                return 0;
            _piece = contentOf(requests.Current).Memory;
        }

        var count = Math.Min(buffer.Length, _piece.Length);
        _piece[..count].CopyTo(buffer);
        _piece = _piece[count..];
        return count;
    }
}
