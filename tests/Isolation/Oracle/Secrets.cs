using System.Buffers.Text;
using Isolation.Tests.Attacks;
using Isolation.Tests.Seeding;

namespace Isolation.Tests.Oracle;

/// <summary>What only company B knows, and how to find it in what A can read.</summary>
internal sealed class Secrets
{
    private readonly Company _b;
    private readonly HashSet<Guid> _ids;
    private readonly List<string> _cursors;
    private readonly Dictionary<string, string> _bystanders;
    private readonly HashSet<Guid> _spoken;
    private readonly string[] _words;

    public Secrets(Company a, Company b)
    {
        _b = b;
        _ids = [.. b.AllIds.Keys.Where(id => !a.AllIds.ContainsKey(id))];
        // What is known by a name has no id that could be said by itself, and the company's own id is never A's word.
        var kinds = b.Ids.Keys.Where(kind => kind != nameof(Platform.Tenants.V1.Tenant) && Guid.TryParse(b.IdsOf(kind)[0], out _)).Order(StringComparer.Ordinal).ToList();
        _bystanders = kinds.ToDictionary(kind => kind, kind => b.IdsOf(kind)[0]);
        _spoken = [b.Administrator, .. _bystanders.Values.Select(Guid.Parse)];
        // A key that both have, as that of the theme that everybody begins with, is nobody's secret.
        _words = [b.Marker, b.Amount, b.Date, .. b.Keys.Except(a.Keys)];
        // A page token begins with the id of a row.
        _cursors = [.. _ids.Except(_spoken).Select(id => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true))[..20])];
    }

    /// <summary>How many ids are watched.</summary>
    public int Count => _ids.Count - _spoken.Count;

    /// <summary>The one id of a kind that A may say where any id is taken; all others must never be seen.</summary>
    public string Bystander(string kind) => _bystanders.GetValueOrDefault(kind, $"{_b.Administrator}");

    /// <summary>An id of a kind that A must never see, or one of any kind where there is none.</summary>
    public string Victim(string kind, Random random)
    {
        var own = _bystanders.ContainsKey(kind) ? _b.IdsOf(kind).Skip(1).ToList() : [];
        return own.Count > 0 ? own[random.Next(own.Count)] : Any(random);
    }

    public string Any(Random random)
    {
        var kinds = _bystanders.Keys.Order(StringComparer.Ordinal).ToList();
        var ids = _b.IdsOf(kinds[random.Next(kinds.Count)]);
        return ids[Math.Min(ids.Count - 1, 1 + random.Next(ids.Count))];
    }

    /// <summary>A word of B in the text; null where there is none.</summary>
    public string? WordIn(string text) => _words.FirstOrDefault(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
        ?? _cursors.FirstOrDefault(cursor => text.Contains(cursor, StringComparison.Ordinal));

    /// <summary>Ids of B among those that were found.</summary>
    public IEnumerable<Guid> Of(IEnumerable<Guid> ids) => ids.Where(id => _ids.Contains(id) && !_spoken.Contains(id));

    /// <summary>What an answer gives away; null where it is nothing.</summary>
    public string? In(Answer answer, IReadOnlySet<Guid> said, bool knowsTenant)
    {
        if (WordIn(answer.Text) is { } word)
            return $"the word '{word}'";
        foreach (var id in Of(answer.Ids))
        {
            // A refusal repeats the id that it refuses, or the address that it stood in, and tells nothing by it: the twin of the call shows that.
            var repeated = (said.Contains(id) && !answer.IsOk) || (knowsTenant && id == _b.TenantId);
            if (!repeated)
                return $"the id {id}";
        }

        return null;
    }
}
