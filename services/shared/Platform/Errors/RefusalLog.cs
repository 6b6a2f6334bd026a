using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Platform.Access;
using Platform.Tenancy;
using Code = Google.Rpc.Code;

namespace Platform.Errors;

/// <summary>
/// Writes down who was refused what, for those who watch an installation: whoever has no valid token or lacks a right, takes more than
/// its share, or sends what no honest program sends. The first such refusal is told at once; the same again within a minute is counted,
/// and told once. There is nothing of the request but its route.
/// </summary>
internal sealed partial class RefusalLog : IDisposable
{
    // Beyond so many at a time all others count as one: whoever comes from many addresses fills no memory and no disk.
    private const int MostAtOnce = 10_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly HashSet<string> Attacks = new(StringComparer.Ordinal) { "RATE_LIMITED", "TENANT_RATE_LIMITED", "BAD_ADDRESS", "MALFORMED_MESSAGE" };

    private readonly Dictionary<Refusal, long> _untold = [];
    private readonly Lock _gate = new();
    private readonly ILogger<RefusalLog> _logger;
    private readonly ITimer _timer;

    public RefusalLog(ILogger<RefusalLog> logger, TimeProvider time)
    {
        _logger = logger;
        _timer = time.CreateTimer(_ => TellCounted(), null, Interval, Interval);
    }

    /// <summary>Notes it, if it is one that is written down.</summary>
    public void Note(HttpContext context, Error error)
    {
        if (error.Status is not (Code.Unauthenticated or Code.PermissionDenied) && !Attacks.Contains(error.Code))
            return;
        var refusal = new Refusal(error.Code, RouteOf(context), WhoOf(context), (context.RequestServices?.GetService(typeof(Caller)) as Caller)?.TenantId ?? TokenClaims.OrganizationOf(context.User));
        lock (_gate)
        {
            if (_untold.Count >= MostAtOnce && !_untold.ContainsKey(refusal))
                refusal = new Refusal(error.Code, "any route", "others", null);
            if (!_untold.TryAdd(refusal, 0))
            {
                _untold[refusal]++;
                return;
            }
        }

        Log(_logger, refusal.Code, 1, refusal.Route, refusal.Who, refusal.Tenant);
    }

    public void Dispose()
    {
        _timer.Dispose();
        TellCounted();
    }

    // What went on is told again a minute later; what has ended is forgotten.
    private void TellCounted()
    {
        List<KeyValuePair<Refusal, long>> counted;
        lock (_gate)
        {
            counted = [.. _untold.Where(refusal => refusal.Value > 0)];
            _untold.Clear();
            foreach (var (refusal, _) in counted)
                _untold[refusal] = 0;
        }

        foreach (var (refusal, times) in counted)
            Log(_logger, refusal.Code, times, refusal.Route, refusal.Who, refusal.Tenant);
    }

    // As it is mapped, never as it was called: addresses hold ids and words.
    private static string RouteOf(HttpContext context) => context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } ? $"{context.Request.Method} {pattern}" : "no route";

    private static string WhoOf(HttpContext context) =>
        context.User.FindFirstValue("sub") is { Length: > 0 } subject ? subject : $"nobody at {context.Connection.RemoteIpAddress}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused {Code} {Times} time(s): {Route}, {Who}, tenant {TenantId}")]
    private static partial void Log(ILogger logger, string code, long times, string route, string who, Guid? tenantId);

    private readonly record struct Refusal(string Code, string Route, string Who, Guid? Tenant);
}
