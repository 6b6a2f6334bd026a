using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Platform.Errors;
using Platform.Testing;
using Xunit;
using Code = Google.Rpc.Code;

namespace Platform.Tests;

/// <summary>What stands in the log about who was refused what.</summary>
public sealed class RefusalLogFacts : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly LoggedLines _logged = new(typeof(RefusalLog).FullName!);
    private readonly LoggerFactory _loggers = new();
    private readonly RefusalLog _log;

    public RefusalLogFacts()
    {
        _loggers.AddProvider(_logged);
        _log = new RefusalLog(_loggers.CreateLogger<RefusalLog>(), _time);
    }

    public void Dispose()
    {
        _log.Dispose();
        _loggers.Dispose();
    }

    [Fact]
    public void The_first_refusal_is_told_at_once_and_its_repetitions_once_a_minute_until_there_are_none()
    {
        for (var i = 0; i < 100; i++)
            _log.Note(Request("/api/v1/deals/{id}", "sam"), Error.PermissionDenied("deals.write"));
        Assert.Equal(["Refused PERMISSION_DENIED 1 time(s): GET /api/v1/deals/{id}, sam, tenant (null)"], _logged.Lines);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Refused PERMISSION_DENIED 99 time(s): GET /api/v1/deals/{id}, sam, tenant (null)", _logged.Lines.Last());
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, _logged.Lines.Count);
        _log.Note(Request("/api/v1/deals/{id}", "sam"), Error.PermissionDenied("deals.write"));
        Assert.Equal(3, _logged.Lines.Count);
    }

    [Fact]
    public void Answers_to_honest_mistakes_are_not_in_it()
    {
        foreach (var error in new[] { Error.NotFound("deal", "1"), Error.Invalid("deal.name", "Give it a name."), Error.Stale("deal"), new Error(Code.ResourceExhausted, "ROW_LIMIT", "…") })
            _log.Note(Request("/api/v1/deals", "sam"), error);
        Assert.Empty(_logged.Lines);
    }

    [Fact]
    public void Whoever_comes_from_many_addresses_fills_no_memory()
    {
        for (var i = 0; i < 20_000; i++)
            _log.Note(Request("/api/v1/deals", null, i), new Error(Code.Unauthenticated, "UNAUTHENTICATED", "…"));
        Assert.Equal(10_001, _logged.Lines.Count);
        Assert.Equal("Refused UNAUTHENTICATED 1 time(s): any route, others, tenant (null)", _logged.Lines.Last());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Refused UNAUTHENTICATED 9999 time(s): any route, others, tenant (null)", _logged.Lines.Last());
    }

    private static DefaultHttpContext Request(string route, string? subject, int address = 1)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = new IPAddress(address) }, Request = { Method = "GET" } };
        if (subject is not null)
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", subject)], "test"));
        context.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(route), 0, null, null));
        return context;
    }
}
