using System.Collections;
using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Isolation.Tests.Contracts;
using Platform.Testing;

namespace Isolation.Tests.Seeding;

/// <summary>One of the two companies: who its people are, the words that only it knows, and the ids that it was given.</summary>
internal sealed class Company(Guid tenantId, Guid administrator, string marker, string amount, string date)
{
    private readonly ConcurrentDictionary<string, int> _turns = new();
    private int _texts;

    public Guid TenantId => tenantId;

    public Guid Administrator => administrator;

    /// <summary>Stands in every text of the company, and nowhere else.</summary>
    public string Marker => marker;

    /// <summary>Key of the field that it adds to everything that takes one.</summary>
    public string CustomField { get; } = marker.ToLowerInvariant();

    /// <summary>Key of the object that it defines for itself; with an s its plural.</summary>
    public string ObjectKey { get; } = $"{marker.ToLowerInvariant()}_object";

    /// <summary>Price of everything it sells, and nobody else.</summary>
    public string Amount => amount;

    /// <summary>A date that nobody else writes.</summary>
    public string Date => date;

    /// <summary>Ids by the name of the resource, oldest first.</summary>
    public ConcurrentDictionary<string, List<string>> Ids { get; } = new();

    /// <summary>Every id that an answer to the company held, its own among them.</summary>
    public ConcurrentDictionary<Guid, bool> AllIds { get; } = new() { [tenantId] = true, [administrator] = true };

    /// <summary>Versions by the id of the resource.</summary>
    public ConcurrentDictionary<string, string> Etags { get; } = new();

    /// <summary>Page tokens by the list that gave them.</summary>
    public ConcurrentDictionary<string, string> PageTokens { get; } = new();

    /// <summary>Its jobs that nobody has stopped: whether they write a file, or else change records.</summary>
    public ConcurrentDictionary<string, bool> Jobs { get; } = new();

    /// <summary>Keys of its writes.</summary>
    public ConcurrentBag<string> IdempotencyKeys { get; } = [];

    /// <summary>Secrets that were shown to it once.</summary>
    public ConcurrentBag<string> Keys { get; } = [];

    /// <summary>For each call that succeeded, what makes its requests.</summary>
    public ConcurrentDictionary<string, Filler> Requests { get; } = new();

    public string Token => TestTokens.ForPerson(tenantId, administrator);

    /// <summary>The same company as far as it is now, for another installation that begins with it.</summary>
    public Company Copy()
    {
        var copy = new Company(tenantId, administrator, marker, amount, date) { _texts = _texts };
        Fill(copy._turns, _turns);
        foreach (var resource in Ids.Keys)
            copy.Ids[resource] = [.. IdsOf(resource)];
        Fill(copy.AllIds, AllIds);
        Fill(copy.Etags, Etags);
        Fill(copy.PageTokens, PageTokens);
        Fill(copy.Jobs, Jobs);
        foreach (var key in IdempotencyKeys)
            copy.IdempotencyKeys.Add(key);
        foreach (var key in Keys)
            copy.Keys.Add(key);
        foreach (var (rpc, filler) in Requests)
            copy.Requests[rpc] = filler.For(copy);
        return copy;

        static void Fill<TKey, TValue>(ConcurrentDictionary<TKey, TValue> target, ConcurrentDictionary<TKey, TValue> source)
            where TKey : notnull
        {
            foreach (var (key, value) in source)
                target[key] = value;
        }
    }

    /// <summary>A new text with the marker in it.</summary>
    public string Text() => $"{marker}{Interlocked.Increment(ref _texts)}";

    /// <summary>The last id of a resource, or null.</summary>
    public string? LastId(string resource) => IdsOf(resource) is [.., var last] ? last : null;

    /// <summary>The ids of a resource, oldest first.</summary>
    public IReadOnlyList<string> IdsOf(string resource)
    {
        if (!Ids.TryGetValue(resource, out var ids))
            return [];
        lock (ids)
            return [.. ids];
    }

    /// <summary>How often something was asked for before.</summary>
    public int Turn(string what) => _turns.AddOrUpdate(what, 0, (_, turn) => turn + 1);

    /// <summary>Remembers the ids, versions and page tokens of an answer.</summary>
    public void Learn(string rpc, IMessage answer)
    {
        foreach (var message in MessagesIn(answer))
            LearnFrom(rpc, message);
    }

    private void LearnFrom(string rpc, IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.String && !field.IsMap))
        {
            foreach (var text in field.IsRepeated ? ((IEnumerable)field.Accessor.GetValue(message)).Cast<string>() : [(string)field.Accessor.GetValue(message)])
                LearnFrom(rpc, message, field.Name, text);
        }
    }

    private void LearnFrom(string rpc, IMessage message, string field, string text)
    {
        if (Guid.TryParse(text, out var id))
            AllIds[id] = true;
        if (field is "key" or "secret" && text.Length > 0)
            Keys.Add(text);
        if (field == "next_page_token" && text.Length > 0)
            PageTokens[rpc] = text;
        if (text.Length > 0 && (field == "id" || (field == "user_id" && message.Descriptor.Name == "Member") || (field == "name" && message is Platform.Tenants.V1.Role { BuiltIn: false })))
        {
            var ids = Ids.GetOrAdd(Rpc.KindIn(Rpc.DomainOf(rpc), message.Descriptor.Name), _ => []);
            lock (ids)
            {
                if (!ids.Contains(text))
                    ids.Add(text);
            }

            if (message.Descriptor.FindFieldByName("etag")?.Accessor.GetValue(message) is string { Length: > 0 } etag)
                Etags[text] = etag;
        }
    }

    private static IEnumerable<IMessage> MessagesIn(IMessage message)
    {
        yield return message;
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message && !field.IsMap))
        {
            IEnumerable<IMessage> nested = field.IsRepeated
                ? ((IEnumerable)field.Accessor.GetValue(message)).Cast<IMessage>()
                : field.Accessor.GetValue(message) is IMessage one ? [one] : [];
            foreach (var inner in nested.SelectMany(MessagesIn))
                yield return inner;
        }
    }
}
