using Grpc.Core;
using Platform.Communications.V1;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Communications.Live;

internal static class WatchChanges
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);

    /// <summary>Until the gateway or this service goes.</summary>
    public static async Task Handle(IServerStreamWriter<WatchChangesResponse> told, Caller caller, LiveChannel channel, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        if (LiveRules.Refusal(caller) is { } refusal)
            throw refusal.ToRpcException();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var watcher = channel.Open();
        try
        {
            await told.WriteAsync(new WatchChangesResponse(), ending.Token);
            while (await HasMoreAsync(watcher, ending.Token) is { } isTold)
            {
                if (!isTold)
                    await told.WriteAsync(new WatchChangesResponse(), ending.Token);
                while (watcher.Messages.TryRead(out var message))
                    await told.WriteAsync(message, ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of one of the two.
        }
    }

    // Null when the watcher is cut off; false when nothing has come for a while.
    private static async Task<bool?> HasMoreAsync(LiveChannel.Watcher watcher, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Pulse);
        try
        {
            return await watcher.Messages.WaitToReadAsync(patience.Token) ? true : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
