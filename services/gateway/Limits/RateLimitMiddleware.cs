using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using Microsoft.AspNetCore.RateLimiting;
using Platform.Access;
using Platform.Errors;
using Platform.Gateway.Sessions.Requests;

namespace Platform.Gateway.Limits;

/// <summary>Lets no client, and no company, take more than its share.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, ClientRateLimiter limiter, TenantLimiter tenants)
{
    private const int NetworkBytes = 8;

    private static readonly Error Refusal = new(Google.Rpc.Code.ResourceExhausted, "RATE_LIMITED", "These are too many requests: wait for the seconds of Retry-After and go on more slowly.");

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null)
            return next(context);
        var standing = limiter.Take(ClientOf(context));
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = standing.Limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = standing.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = standing.ResetSeconds.ToString(CultureInfo.InvariantCulture);
        if (!standing.IsAllowed)
            return RefuseAsync(context, standing.WaitSeconds);
        return TokenClaims.OrganizationOf(context.User) is { } tenant && tenants.Take(tenant, BearerOf(context)) is { IsAllowed: false } company
            ? RefuseAsync(context, company.WaitSeconds, TenantLimiter.Refusal(company.Limit))
            : next(context);
    }

    /// <summary>429, with the seconds after which the client may come back.</summary>
    public static Task RefuseAsync(HttpContext context, int waitSeconds, Error? refusal = null)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, waitSeconds).ToString(CultureInfo.InvariantCulture);
        if (context.GetEndpoint()?.Metadata.GetMetadata<RefusalPage>() is not { } page)
            return Problems.RespondAsync(context, refusal ?? Refusal);
        context.NoteRefusal(refusal ?? Refusal);
        return page.WriteAsync(context);
    }

    /// <summary>The bucket of who is not known.</summary>
    public static string AddressOf(HttpContext context) => $"address:{NetworkOf(context.Connection.RemoteIpAddress)}";

    /// <summary>
    /// What one client has: an address of IPv4, however it is written; of IPv6 the network of 64 bits, since whoever has one address of it
    /// has them all.
    /// </summary>
    internal static string NetworkOf(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
            return $"{address}";
        if (address.IsIPv4MappedToIPv6)
            return $"{address.MapToIPv4()}";
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    private static string BearerOf(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is { Length: > 7 } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..] : "";

    private static string ClientOf(HttpContext context) =>
        CurrentSession.Of(context) is { Session: { } session } ? $"session:{session.Id}"
        : context.User.FindFirstValue("sub") is { Length: > 0 } subject ? $"subject:{subject}"
        : AddressOf(context);
}
