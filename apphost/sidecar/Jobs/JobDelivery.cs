using System.Net;
using System.Net.Http.Headers;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Jobs;

/// <summary>Hands a job that is due to its app: <c>POST /job/{name}</c>, or <c>OnJobEvent</c>.</summary>
internal sealed partial class JobDelivery(SidecarApps apps, ILogger<JobDelivery> logger) : IScheduleTarget
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public ScheduleKind Kind => ScheduleKind.Job;

    public async Task<DeliveryOutcome> Deliver(ScheduledEntry entry, CancellationToken stopping)
    {
        if (!apps.TryGet(entry.Key.Audience.Name, out var app) || app.Channel is not { } channel)
            return DeliveryOutcome.Undeliverable;
        using var slot = await channel.Enter(stopping);
        return channel.Protocol == AppProtocol.Grpc
            ? await SendGrpc(app, channel, entry.Definition, stopping)
            : await SendHttp(app, channel, entry.Definition, stopping);
    }

    private async Task<DeliveryOutcome> SendHttp(SidecarApp app, AppChannel channel, Job job, CancellationToken stopping)
    {
        using var request = channel.Request(HttpMethod.Post, "/job/" + Uri.EscapeDataString(job.Name));
        request.Content = new ByteArrayContent(Body(job.Data));
        request.Content.Headers.ContentType = Json;
        try
        {
            using var response = await channel.Client.SendAsync(request, stopping);
            if (response.IsSuccessStatusCode)
                return DeliveryOutcome.Done;
            var reason = $"the app answered {(int)response.StatusCode}";
            return response.StatusCode == HttpStatusCode.NotFound ? Unwanted(app, job, reason) : Refused(app, job, reason);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return DeliveryOutcome.Undeliverable;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return Refused(app, job, error.Message);
        }
    }

    private async Task<DeliveryOutcome> SendGrpc(SidecarApp app, AppChannel channel, Job job, CancellationToken stopping)
    {
        var request = new JobEventRequest
        {
            Name = job.Name,
            Data = job.Data,
            Method = "job/" + job.Name,
            ContentType = job.Data?.TypeUrl ?? "",
            HttpExtension = new HTTPExtension { Verb = HTTPExtension.Types.Verb.Post },
        };
        try
        {
            await channel.JobEvent(request, stopping);
            return DeliveryOutcome.Done;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Cancelled && stopping.IsCancellationRequested)
        {
            return DeliveryOutcome.Undeliverable;
        }
        catch (RpcException error) when (error.Status.DebugException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError })
        {
            return DeliveryOutcome.Undeliverable;
        }
        catch (RpcException error)
        {
            return error.StatusCode == StatusCode.NotFound ? Unwanted(app, job, error.Status.Detail) : Refused(app, job, error.Status.Detail);
        }
    }

    // What came in as JSON goes out as JSON; bytes of any other kind go out as they are.
    private static byte[] Body(Any? data)
    {
        if (data is null)
            return [];
        if (!data.Is(Value.Descriptor))
            return data.Value.ToByteArray();
        var value = data.Unpack<Value>();
        return value.KindCase == Value.KindOneofCase.None ? [] : JobJson.Compact(value);
    }

    private DeliveryOutcome Unwanted(SidecarApp app, Job job, string reason)
    {
        Log.Unwanted(logger, app.Id, job.Name, reason);
        return DeliveryOutcome.Done;
    }

    private DeliveryOutcome Refused(SidecarApp app, Job job, string reason)
    {
        Log.Refused(logger, app.Id, job.Name, reason);
        return DeliveryOutcome.Failed;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "App {App} does not know job {Job}, which counts as done: {Reason}")]
        public static partial void Unwanted(ILogger logger, string app, string job, string reason);

        [LoggerMessage(LogLevel.Warning, "App {App} failed job {Job}: {Reason}")]
        public static partial void Refused(ILogger logger, string app, string job, string reason);
    }
}
