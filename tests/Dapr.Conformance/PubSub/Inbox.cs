using System.Collections.Concurrent;
using Dapr.Conformance.Harness;
using Microsoft.AspNetCore.Http;

namespace Dapr.Conformance.PubSub;

/// <summary>What came to each route of the app, and what the app answers there.</summary>
internal sealed class Inbox
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ReceivedRequest>> _requests = new();
    private readonly ConcurrentDictionary<string, int> _tries = new();

    public ConcurrentQueue<ReceivedRequest> this[string route] => _requests.GetOrAdd(route, _ => new());

    /// <summary>Everything on the route that carries the word.</summary>
    public IReadOnlyList<ReceivedRequest> With(string route, string word) =>
        [.. this[route].Where(request => request.Text.Contains(word, StringComparison.Ordinal))];

    public async Task<ReceivedRequest> WaitForAsync(string route, string word)
    {
        await Eventually.Holds(() => With(route, word).Count > 0, $"{word} has come to {route}", seconds: 25);
        return With(route, word)[0];
    }

    public async Task WaitForCountAsync(string route, string word, int count) =>
        await Eventually.Holds(() => With(route, word).Count >= count, $"{word} has come {count} times to {route}", seconds: 25);

    /// <summary>Notes the request; returns how many times this message has come to this route.</summary>
    public async Task<int> NoteAsync(string route, HttpContext context)
    {
        var request = await ReceivedRequest.ReadAsync(context);
        this[route].Enqueue(request);
        return _tries.AddOrUpdate($"{route} {request.Text}", 1, (_, tries) => tries + 1);
    }
}
