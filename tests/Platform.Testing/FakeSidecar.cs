using System.Buffers.Binary;
using System.Collections.Concurrent;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Platform.Testing;

/// <summary>Answers BulkPublishEvent and remembers what it took.</summary>
public sealed class FakeSidecar : IAsyncDisposable
{
    private WebApplication? _app;

    public Uri Address => new(_app!.Urls.Single());

    /// <summary>What was taken, in order.</summary>
    public ConcurrentQueue<BulkPublishRequestEntry> Taken { get; } = new();

    /// <summary>Entries whose text contains one of these are refused.</summary>
    public ConcurrentDictionary<string, bool> Refused { get; } = new();

    /// <summary>While set, every call fails.</summary>
    public bool Down { get; set; }

    /// <summary>While set, calls wait for it.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>Calls that wait at the gate, or have.</summary>
    public int Held => _held;

    private int _held;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.MapPost("/dapr.proto.runtime.v1.Dapr/BulkPublishEvent", PublishAsync);
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private async Task PublishAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = BulkPublishRequest.Parser.ParseFrom(body.ToArray().AsSpan(5));
        if (Gate is { } gate)
        {
            Interlocked.Increment(ref _held);
            await gate.Task.WaitAsync(context.RequestAborted);
        }

        context.Response.ContentType = "application/grpc";
        if (Down)
        {
            context.Response.Headers["grpc-status"] = "14";
            return;
        }

        var response = new BulkPublishResponse();
        foreach (var entry in request.Entries)
        {
            if (Refused.Keys.Any(text => entry.Event.ToStringUtf8().Contains(text, StringComparison.Ordinal)))
                response.FailedEntries.Add(new BulkPublishResponseFailedEntry { EntryId = entry.EntryId, Error = "refused by the test" });
            else
                Taken.Enqueue(entry);
        }

        var frame = new byte[5 + response.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), response.CalculateSize());
        response.WriteTo(frame.AsSpan(5));
        await context.Response.Body.WriteAsync(frame);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
