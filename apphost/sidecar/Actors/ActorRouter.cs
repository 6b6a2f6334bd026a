using Platform.Sidecar.Errors;
using Platform.Sidecar.Resiliency;

namespace Platform.Sidecar.Actors;

/// <summary>Brings calls, reminders and timers to the app that hosts the actor, each in its turn.</summary>
internal sealed class ActorRouter(ActorPlacement placement)
{
    /// <summary>Calls a method for somebody, and answers with Dapr's errors.</summary>
    public async Task<ActorReply> Invoke(
        ActorAddress actor, string method, ActorRequest request, string? reentrancyId, CancellationToken cancellationToken)
    {
        try
        {
            return await Run(actor, reentrancyId, (host, turn) => host.App.Resiliency.Actor(actor.Type, actor.Id).Run(
                token => host.Channel.Call(actor, method, request, turn.ReentrancyId ?? reentrancyId, token), turn.Aborted), cancellationToken);
        }
        catch (Exception error) when (error is ActorFailedException or HttpRequestException or IOException or PolicyTimeoutException or CircuitOpenException)
        {
            throw ActorErrors.Invoke(error.Message).AsException(error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw ActorErrors.Invoke("the actor was deactivated while the call was under way").AsException(error);
        }
    }

    /// <summary>Runs something in the actor's turn.</summary>
    /// <exception cref="DaprException">No app hosts the actor, or the call goes too deep.</exception>
    public async Task<T> Run<T>(
        ActorAddress actor, string? reentrancyId, Func<ActorHost, Turn, Task<T>> run, CancellationToken cancellationToken)
    {
        while (true)
        {
            var host = await placement.Find(actor, cancellationToken);
            Turn turn;
            try
            {
                turn = await host.Enter(actor, reentrancyId, cancellationToken);
            }
            catch (ActorGoneException)
            {
                continue;
            }

            // A caller that goes away does not end the turn: the actor is at it until the app answers.
            using (turn)
                return await run(host, turn);
        }
    }
}
