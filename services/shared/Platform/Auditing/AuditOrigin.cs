using System.Diagnostics;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Tenancy;

namespace Platform.Auditing;

/// <summary>Where the work of a scope comes from, as far as it is known. Looked up only when something is written.</summary>
public sealed class AuditOrigin(string service, TimeProvider time)
{
    private HttpContext? _http;

    /// <summary>The app id, which is the first part of the resource types of this service.</summary>
    public string Service { get; } = service;

    /// <summary>Name of the background work that goes on with what somebody began.</summary>
    internal string Work { get; set; } = "";

    internal DateTimeOffset Now => time.GetUtcNow();

    internal string TraceId => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : _http?.TraceIdentifier ?? "";

    /// <summary>The gateway writes whom it answers; nobody else is believed, since calls come through the sidecar only.</summary>
    public string ClientAddress => _http?.Request.Headers["X-Forwarded-For"].ToString() is { Length: > 0 } addresses ? Last(addresses) : "";

    internal void Comes(HttpContext http) => _http = http;

    /// <summary>The RPC or route of the request; the name of the background work where there is none.</summary>
    internal string OperationOf(Caller caller) => caller.Kind == CallerKind.System ? caller.Subject : _http?.GetEndpoint() switch
    {
        null => Work,
        { Metadata: var metadata } when metadata.GetMetadata<GrpcMethodMetadata>() is { } rpc => rpc.Method.FullName[1..],
        RouteEndpoint route => $"{_http.Request.Method} {route.RoutePattern.RawText}",
        var endpoint => endpoint.DisplayName ?? "",
    };

    private static string Last(string addresses) => addresses[(addresses.LastIndexOf(',') + 1)..].Trim();
}
