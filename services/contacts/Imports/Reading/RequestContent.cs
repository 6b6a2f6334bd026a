using Google.Protobuf;
using Grpc.Core;

namespace Platform.Contacts.Imports.Reading;

/// <summary>The pieces of a streamed call as one run of bytes.</summary>
internal sealed class RequestContent(IAsyncStreamReader<V1.ImportContactsRequest> requests)
{
    private ReadOnlyMemory<byte> _piece;

    /// <summary>Reads the first message, which has the options.</summary>
    public async Task<V1.ImportOptions> OpenAsync(CancellationToken cancellationToken)
    {
        if (!await requests.MoveNext(cancellationToken))
            return new V1.ImportOptions();
        _piece = requests.Current.Content.Memory;
        return requests.Current.Options ?? new V1.ImportOptions();
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (_piece.IsEmpty)
        {
            if (!await requests.MoveNext(cancellationToken))
                return 0;
            _piece = requests.Current.Content.Memory;
        }

        var count = Math.Min(buffer.Length, _piece.Length);
        _piece[..count].CopyTo(buffer);
        _piece = _piece[count..];
        return count;
    }
}
