using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Platform.Sidecar.RabbitMQ;

/// <summary>The one connection of a component, made again by whoever needs it first.</summary>
internal sealed class RabbitConnection(ConnectionFactory factory) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _making = new(1);
    private IConnection? _connection;

    public bool IsOpen => _connection is { IsOpen: true };

    /// <exception cref="BrokerUnreachableException">The server is not there, or refuses the user.</exception>
    public async Task<IConnection> Get(CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: true } open)
            return open;
        await _making.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { IsOpen: true } made)
                return made;
            if (_connection is { } lost)
                await lost.DisposeAsync();
            return _connection = await factory.CreateConnectionAsync(cancellationToken);
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>A server that starts at the same moment is given the time that the component has.</summary>
    public async Task GetWhenItCan(CancellationToken limit)
    {
        while (true)
        {
            try
            {
                await Get(limit);
                return;
            }
            catch (BrokerUnreachableException error) when (error.InnerException is not AuthenticationFailureException)
            {
                await Task.Delay(Pause, limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (limit.IsCancellationRequested)
                    throw;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _making.Dispose();
    }
}
