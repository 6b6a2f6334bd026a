using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;

namespace Gateway.Tests;

/// <summary>Speaks what the gateway needs of Dapr: the invoke API over HTTP/1.1, and gRPC over h2c. It keeps what it was asked.</summary>
public sealed class FakeSidecar : IAsyncDisposable
{
    public const string Token = "token-of-the-sidecar";

    private static readonly string[] Own = ["/v1.0/invoke/tenants/method/api/v1/tenants/current/limits", "/v1.0/state/"];

    private readonly WebApplication _app;

    private FakeSidecar(WebApplication app) => _app = app;

    /// <summary>What changes, and who may see what.</summary>
    internal Live.FakeLive Live { get; private init; } = null!;

    /// <summary>Every request that arrived.</summary>
    public ConcurrentQueue<Seen> Requests { get; } = new();

    /// <summary>How many of them were a client's: what the gateway itself asks of <c>tenants</c> and its state store, behind requests that it has answered, is none.</summary>
    public int Forwarded => Requests.Count(seen => !Own.Any(start => seen.Target.StartsWith(start, StringComparison.Ordinal)));

    /// <summary>The state store.</summary>
    public FakeState State { get; } = new();

    /// <summary>The app's answer over HTTP.</summary>
    public RequestDelegate Answer { get; set; } = Ok;

    public Uri Http { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    public static async Task<FakeSidecar> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, http => http.Protocols = HttpProtocols.Http1);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, grpc => grpc.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc();
        var live = new Live.FakeLive();
        builder.Services.AddSingleton(live);
        var app = builder.Build();
        var sidecar = new FakeSidecar(app) { Live = live };
        app.Use((context, next) =>
        {
            sidecar.Requests.Enqueue(Seen.Of(context));
            return next(context);
        });
        app.MapGrpcService<Imports>();
        app.MapGrpcService<Tenants>();
        app.MapGrpcService<Live.FakeLiveService>();
        app.MapGrpcService<Live.FakeVisibility>();
        app.MapGrpcService<Live.FakePipelines>();
        app.MapGrpcService<OpenApi.FakeResources>();
        sidecar.State.Map(app);
        app.MapFallback("{**any}", context => sidecar.Answer(context));
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToList();
        (sidecar.Http, sidecar.Grpc) = (addresses[0], addresses[1]);
        return sidecar;
    }

    public static Task Ok(HttpContext context) => context.Response.WriteAsJsonAsync(new { ok = true });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class Imports : ImportsService.ImportsServiceBase
    {
        public override async Task ImportContacts(IAsyncStreamReader<ImportContactsRequest> requestStream, IServerStreamWriter<ImportContactsResponse> responseStream, ServerCallContext context)
        {
            await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
                await responseStream.WriteAsync(new ImportContactsResponse { Progress = new ImportProgress { BytesRead = request.Content.Length } }, context.CancellationToken);
            context.ResponseTrailers.Add("checksum", "abc");
        }
    }

    private sealed class Tenants : TenantsService.TenantsServiceBase
    {
        // Knows the keys of Acme.
        public override Task<Access> GetAccess(GetAccessRequest request, ServerCallContext context)
        {
            var bearer = context.RequestHeaders.GetValue("authorization") ?? "";
            return bearer.StartsWith($"Bearer pk_{TestTenants.Acme:N}_", StringComparison.Ordinal)
                ? Task.FromResult(new Access { Permissions = { "contacts.read" } })
                : throw new RpcException(new Status(StatusCode.Unauthenticated, "no such key"));
        }

        public override Task<Tenant> GetTenant(GetTenantRequest request, ServerCallContext context) => Task.FromResult(new Tenant { Slug = "acme" });

        public override Task<ListRolesResponse> ListRoles(ListRolesRequest request, ServerCallContext context) =>
            throw new RpcException(new Status(StatusCode.Unknown, "failed to invoke, id: tenants, err: failed to resolve address: couldn't find service: tenants"));

        public override Task<Tenant> UpdateTenant(UpdateTenantRequest request, ServerCallContext context) =>
            throw new RpcException(new Status(StatusCode.Aborted, "Läuft nicht"), new Metadata { { "reason", "stale" }, { "details-bin", [1, 2, 3] } });
    }
}

/// <summary>A request as the sidecar saw it.</summary>
public sealed record Seen(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    public static Seen Of(HttpContext context) => new(
        context.Request.Method,
        context.Features.Get<IHttpRequestFeature>()!.RawTarget,
        context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
}
