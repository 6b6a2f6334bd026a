using Microsoft.Extensions.Caching.Memory;

namespace Platform.Gateway.Sites;

/// <summary>The addresses of all articles of a knowledge base.</summary>
/// <param name="Status">Of HTTP: whether there are any.</param>
/// <param name="Articles">Each with the day of its latest change.</param>
internal sealed record SiteMap(int Status, IReadOnlyList<(string Slug, DateOnly Day)> Articles);

/// <summary>
/// Reads the articles of knowledge bases page by page, which is up to fifty calls: what was read is kept for a minute, as browsers may keep
/// a page, and a knowledge base is read by one request at a time, whoever else asks meanwhile.
/// </summary>
internal sealed class SiteMaps(SiteDoor door) : IDisposable
{
    private const int MapPage = 200;
    private const int MapPages = 50;
    private const int MostKept = 200_000;
    private const int Gates = 64;

    private static readonly TimeSpan MapLives = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RefusalLives = TimeSpan.FromSeconds(5);

    // Its size is counted in articles.
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    // Whoever shares one waits for another company's now and then.
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, Gates).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<SiteMap> GetAsync(HttpContext context, string site)
    {
        if (_kept.TryGetValue(site, out SiteMap? known))
            return known!;
        var gate = _gates[(uint)site.GetHashCode(StringComparison.Ordinal) % Gates];
        await gate.WaitAsync(context.RequestAborted);
        try
        {
            if (_kept.TryGetValue(site, out known))
                return known!;
            var map = await ReadAsync(context, site);
            return _kept.Set(site, map, new MemoryCacheEntryOptions { Size = map.Articles.Count + 1, AbsoluteExpirationRelativeToNow = map.Status == StatusCodes.Status200OK ? MapLives : RefusalLives });
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        _kept.Dispose();
        foreach (var gate in _gates)
            gate.Dispose();
    }

    private async Task<SiteMap> ReadAsync(HttpContext context, string site)
    {
        var articles = new List<(string Slug, DateOnly Day)>();
        var token = "";
        for (var read = 0; read < MapPages; read++)
        {
            var answer = await door.ListAsync(context, site, "", "", token, MapPage);
            if (answer.Value is not { } list)
                return new SiteMap(answer.Status, []);
            articles.AddRange(list.Records.Select(record => (record.Slug, DateOnly.FromDateTime(record.UpdateTime.ToDateTime()))));
            token = list.NextPageToken;
            if (token.Length == 0)
                break;
        }

        return new SiteMap(StatusCodes.Status200OK, articles);
    }
}
