using Platform.Audit.V1;

namespace Platform.Tenants.Audit;

/// <summary>The log of one service, read forwards a chunk at a time.</summary>
internal sealed class LogReader(AuditLogService.AuditLogServiceClient client, EntryFilter filter, string beforeId, int limit)
{
    private readonly Queue<Entry> _chunk = new();
    private string _beforeId = beforeId;
    private bool _isAtEnd;

    /// <summary>Null at the end.</summary>
    public Entry? Current { get; private set; }

    public async Task MoveAsync(CancellationToken cancellationToken)
    {
        if (_chunk.Count == 0 && !_isAtEnd)
            await FillAsync(cancellationToken);
        Current = _chunk.TryDequeue(out var next) ? next : null;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var request = new ReadLogRequest { Filter = filter, Limit = limit, BeforeId = _beforeId };
        var response = await ServiceLogs.AskAsync(client.ReadLogAsync(request, cancellationToken: cancellationToken));
        foreach (var entry in response.Entries)
            _chunk.Enqueue(entry);
        _isAtEnd = !response.HasMore;
        if (response.Entries.Count > 0)
            _beforeId = response.Entries[^1].Id;
    }
}
