using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;
using TimerMessage = Dapr.Client.Autogen.Grpc.v1.ActorTimer;

namespace Platform.Sidecar.Actors;

/// <summary>The RPCs for timers.</summary>
internal sealed class TimersGrpcApi(TimerRequests timers) : DaprApi
{
    public Task<Empty> RegisterActorTimer(RegisterActorTimerRequest request, ServerCallContext context)
    {
        var timer = new ActorTimerRequest(request.DueTime, request.Period, request.Ttl, request.Callback, ActorsGrpcApi.ToJson(request.Data));
        timers.Create(context.App(), new ActorAddress(request.ActorType, request.ActorId), request.Name, timer);
        return Task.FromResult(new Empty());
    }

    public Task<Empty> UnregisterActorTimer(UnregisterActorTimerRequest request, ServerCallContext context)
    {
        timers.Delete(new ActorAddress(request.ActorType, request.ActorId), request.Name);
        return Task.FromResult(new Empty());
    }

    public Task<GetActorTimerResponse> GetActorTimer(GetActorTimerRequest request, ServerCallContext context)
    {
        var timer = timers.Get(new ActorAddress(request.ActorType, request.ActorId), request.Name).Request;
        var response = new GetActorTimerResponse
        {
            ActorType = request.ActorType,
            ActorId = request.ActorId,
            Callback = timer.Callback,
            Data = ActorsGrpcApi.ToAny(timer.Data),
        };
        if (timer.DueTime.Length > 0)
            response.DueTime = timer.DueTime;
        if (timer.Period.Length > 0)
            response.Period = timer.Period;
        if (timer.Ttl.Length > 0)
            response.Ttl = timer.Ttl;
        return Task.FromResult(response);
    }

    public Task<ListActorTimersResponse> ListActorTimers(ListActorTimersRequest request, ServerCallContext context)
    {
        var found = timers.List(new ActorAddress(request.ActorType, request.ActorId));
        return Task.FromResult(new ListActorTimersResponse { Timers = { found.Select(Named) } });
    }

    private static NamedActorTimer Named(ActorTimer timer)
    {
        var message = new TimerMessage
        {
            ActorType = timer.Actor.Type,
            ActorId = timer.Actor.Id,
            Callback = timer.Request.Callback,
            Data = ActorsGrpcApi.ToAny(timer.Request.Data),
        };
        if (timer.Request.DueTime.Length > 0)
            message.DueTime = timer.Request.DueTime;
        if (timer.Request.Period.Length > 0)
            message.Period = timer.Request.Period;
        if (timer.Request.Ttl.Length > 0)
            message.Ttl = timer.Request.Ttl;
        return new NamedActorTimer { Name = timer.Name, Timer = message };
    }
}
