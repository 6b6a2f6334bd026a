using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Dashboard;
using Platform.Dashboard.Dapr;
using Platform.Dashboard.Workflows;
using Platform.DurableTask;
using Xunit;

namespace AppHost.Tests.Dashboard;

/// <summary>The dashboard beside sidecars that hang, and beside those that have much to tell.</summary>
public sealed class SidecarFacts
{
    private const int Workflows = 2_500;
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sidecar_that_hangs_is_one_that_does_not_answer()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var app = new DaprApp("orders", "orders", ((IPEndPoint)silent.LocalEndpoint).Port, 0);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        Assert.Null(await new Sidecars(http).MetadataAsync(app, _token));

        using var hasty = new HttpClient { Timeout = TimeSpan.FromSeconds(0.5) };
        Assert.Equal("No answer within 0.5 s; it may go on.", await new Sidecars(hasty).InvokeAsync(app, HttpMethod.Post, "ship", "{}", _token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Sidecars(http).MetadataAsync(app, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Of_many_workflows_the_latest_are_listed()
    {
        await using var sidecar = await SidecarAsync();
        var address = new Uri(sidecar.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        using var client = new WorkflowClient(new OneApp(new DaprApp("orders", "orders", 0, address.Port)), TimeProvider.System);
        var found = await client.ListAsync(_token);
        Assert.Equal((Workflows, 300), (found.Total, found.Latest.Count));
        Assert.Equal(($"{Workflows - 1}", $"{Workflows - 300}"), (found.Latest[0].State.InstanceId, found.Latest[^1].State.InstanceId));
    }

    // Speaks as the sidecar does of workflows that are called 0, 1, 2 and so on, the oldest first.
    private static async Task<WebApplication> SidecarAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.MapPost("/TaskHubSidecarService/ListInstanceIDs", context => AnswerAsync(context, ListInstanceIDsRequest.Parser, request =>
        {
            var first = request.HasContinuationToken ? int.Parse(request.ContinuationToken, System.Globalization.CultureInfo.InvariantCulture) : 0;
            var next = Math.Min(first + (int)request.PageSize, Workflows);
            var page = new ListInstanceIDsResponse { InstanceIds = { Enumerable.Range(first, next - first).Select(number => $"{number}") } };
            if (next < Workflows)
                page.ContinuationToken = $"{next}";
            return page;
        }));
        app.MapPost("/TaskHubSidecarService/GetInstance", context => AnswerAsync(context, GetInstanceRequest.Parser, request => new GetInstanceResponse
        {
            Exists = true,
            WorkflowState = new WorkflowState { InstanceId = request.InstanceId, CreatedTimestamp = new Timestamp { Seconds = int.Parse(request.InstanceId, System.Globalization.CultureInfo.InvariantCulture) } },
        }));
        await app.StartAsync();
        return app;
    }

    // A gRPC message has a byte for compression and its length before it.
    private static async Task AnswerAsync<TRequest>(HttpContext context, MessageParser<TRequest> parser, Func<TRequest, IMessage> answer) where TRequest : IMessage<TRequest>
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var message = answer(parser.ParseFrom(body.ToArray().AsSpan(5))).ToByteArray();
        var head = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), message.Length);
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync((byte[])[.. head, .. message], context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private sealed class OneApp(DaprApp app) : IRunningStack
    {
        public string Instance => "default";

        public IReadOnlyList<RunningResource> Resources => [];

        public IReadOnlyList<DaprApp> DaprApps => [app];

        public Task<string?> BrokerDatabaseAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public Task<IReadOnlyList<string>> ReferencesOfAsync(string name, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

        public IReadOnlyDictionary<string, string>? EnvironmentOf(string name, bool secrets) => null;

        public Task<string?> ActAsync(string name, string action) => Task.FromResult<string?>(null);

        public Task<CommandOutcome> RunAsync(string name, string command, IReadOnlyDictionary<string, string> arguments) => throw new NotSupportedException();
    }
}
