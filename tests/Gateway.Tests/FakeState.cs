using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests;

/// <summary>Dapr's state API over HTTP, as far as the gateway uses it: versions, first write, time to live.</summary>
public sealed class FakeState
{
    private readonly Lock _writing = new();

    /// <summary>The rows as they are written.</summary>
    public ConcurrentDictionary<string, Row> Rows { get; } = new(StringComparer.Ordinal);

    /// <summary>The store is away.</summary>
    public bool IsDown { get; set; }

    private int _writes;

    /// <summary>How often something was written.</summary>
    public int Writes => _writes;

    public void Map(WebApplication app)
    {
        var state = app.MapGroup("/v1.0/state/statestore").AddEndpointFilter(async (context, next) => IsDown ? Results.StatusCode(503) : await next(context));
        state.MapGet("/{key}", Get);
        state.MapPost("", Save);
    }

    private IResult Get(HttpContext context, string key)
    {
        if (!Rows.TryGetValue(key, out var row))
            return Results.NoContent();
        context.Response.Headers.ETag = row.Version;
        return Results.Json(row.Value);
    }

    private IResult Save(JsonElement items)
    {
        var item = items.EnumerateArray().Single();
        var key = item.GetProperty("key").GetString()!;
        lock (_writing)
        {
            var isThere = Rows.TryGetValue(key, out var row);
            if (item.TryGetProperty("etag", out var tag) ? row?.Version != tag.GetString() : isThere)
                return Results.StatusCode(409);
            Rows[key] = new Row(item.GetProperty("value").GetString()!, Guid.NewGuid().ToString(), int.Parse(item.GetProperty("metadata").GetProperty("ttlInSeconds").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
            _writes++;
            return Results.NoContent();
        }
    }

    public sealed record Row(string Value, string Version, int TimeToLiveSeconds);
}
