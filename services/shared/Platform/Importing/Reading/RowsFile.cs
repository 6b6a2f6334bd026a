namespace Platform.Importing.Reading;

/// <summary>A file of rows that is written: CSV or a workbook.</summary>
internal abstract class RowsFile : IAsyncDisposable
{
    /// <summary>What it is, for HTTP.</summary>
    public abstract string MediaType { get; }

    /// <summary>Adds a row; the first one is the header.</summary>
    public abstract Task AddAsync(IReadOnlyList<string> cells, CancellationToken cancellationToken);

    /// <summary>Ends it: without this it is not whole.</summary>
    public abstract Task EndAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
