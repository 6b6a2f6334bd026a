using System.Collections.Concurrent;
using System.Text;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;
using DaprGrpc = Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient;

namespace Platform.Sidecar.Tests.Jobs;

/// <summary>A job as it came to an app.</summary>
internal sealed record JobCall(string Name, string Body, string ContentType, DateTimeOffset At);

/// <summary>A sidecar and one app that takes its jobs over HTTP.</summary>
internal sealed class JobStack : IAsyncDisposable
{
    private GrpcChannel? _channel;

    private JobStack(TestStack stack) => Stack = stack;

    public TestStack Stack { get; }
    public TestApp App { get; private set; } = null!;
    public ConcurrentQueue<JobCall> Calls { get; } = new();

    /// <summary>The status with which the app answers a job of that name.</summary>
    public Func<string, int> Answer { get; set; } = _ => 200;

    public DaprGrpc Grpc => new(_channel ??= Stack.Grpc("app"));

    public static async Task<JobStack> Start()
    {
        var jobs = new JobStack(await TestStack.Create());
        jobs.App = jobs.Stack.App("app");
        jobs.App.OnRequest = jobs.Receive;
        await jobs.App.Start();
        await jobs.Stack.Start();
        return jobs;
    }

    public IEnumerable<JobCall> Of(string name) => Calls.Where(call => call.Name == name);

    public async Task<(int Status, string Body)> Post(string name, string json)
    {
        using var http = Stack.Http("app");
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync($"/v1.0/jobs/{name}", body);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>In the shape that Dapr.Jobs gives it.</summary>
    public static Job Job(string name, string payload) =>
        new() { Name = name, Data = new Any { TypeUrl = "dapr.io/schedule/jobpayload", Value = ByteString.CopyFromUtf8(payload) } };

    public Task<long> Rows() => Stack.Database.Scalar<long>("SELECT count(*) FROM state WHERE key LIKE 'app||dapr.internal.default.app.schedule||job||%'");

    private async Task Receive(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/job", out var name))
            return;
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var call = new JobCall(name.Value!.TrimStart('/'), await reader.ReadToEndAsync(), context.Request.ContentType ?? "", DateTimeOffset.UtcNow);
        Calls.Enqueue(call);
        context.Response.StatusCode = Answer(call.Name);
    }

    public ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        return Stack.DisposeAsync();
    }
}
