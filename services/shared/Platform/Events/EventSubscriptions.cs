using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;

namespace Platform.Events;

/// <summary>Which events a service reacts to. Registration is explicit: one line an event.</summary>
public sealed class EventSubscriptions
{
    private readonly Dictionary<string, List<EventHandlerEntry>> _handlers = new(StringComparer.Ordinal);

    /// <summary>The topics to subscribe to.</summary>
    public IReadOnlySet<string> Topics => _handlers.Values.SelectMany(entries => entries).Select(entry => EventNames.TopicOf(entry.Descriptor)).ToHashSet();

    /// <summary>Full names of the messages that have handlers.</summary>
    public IReadOnlyCollection<string> Types => _handlers.Keys;

    /// <summary>How the events come many at once; null where each comes alone.</summary>
    internal EventBulkOptions? Bulk { get; private set; }

    /// <summary>
    /// Takes events many at once: a request of the sidecar costs more than many a reaction. They are worked on side by side, those of one
    /// record one after another. A lone one comes up to 50 ms later for it, and each is acknowledged when all are done that came with it:
    /// for reactions that are quick, or that gather what they write.
    /// </summary>
    public EventSubscriptions InBulk()
    {
        Bulk = new EventBulkOptions(Enabled: true, MaxMessagesCount: 100, MaxAwaitDurationMs: 50);
        return this;
    }

    /// <summary>
    /// Reacts to an event, once: the inbox key is written in the transaction in which the handler saves. The handler fails by
    /// throwing; the event then comes again.
    /// </summary>
    public EventSubscriptions On<TEvent, TContext>(Func<TEvent, EventContext, TContext, CancellationToken, Task> handler)
        where TEvent : class, IMessage<TEvent>, new()
        where TContext : PlatformDbContext => Add<TEvent>(handler.Method.DeclaringType?.Name ?? typeof(TEvent).Name, exactlyOnce: true, (message, context, token) =>
            handler(message, context, context.Services.GetRequiredService<TContext>(), token));

    /// <summary>The same for the library, which does not know the type of the service's context.</summary>
    internal EventSubscriptions OnEvery<TEvent>(string name, Func<TEvent, EventContext, PlatformDbContext, CancellationToken, Task> handler)
        where TEvent : class, IMessage<TEvent>, new() => Add<TEvent>(name, exactlyOnce: true, (message, context, token) =>
            handler(message, context, context.Services.GetRequiredService<UnitOfWork>().Context, token));

    /// <summary>Reacts to an event with something that may run again, such as dropping a cache entry; writes no inbox key.</summary>
    public EventSubscriptions OnRepeatable<TEvent>(string name, Func<TEvent, EventContext, CancellationToken, Task> handler)
        where TEvent : class, IMessage<TEvent>, new() => Add(name, exactlyOnce: false, handler);

    /// <summary>The events of a topic that have handlers, as the condition (CEL) of a routing rule.</summary>
    internal string MatchOf(string topic) => $"event.type in [{string.Join(", ", _handlers
        .Where(handled => EventNames.TopicOf(handled.Value[0].Descriptor) == topic)
        .Select(handled => $"\"{handled.Key}\"")
        .Order(StringComparer.Ordinal))}]";

    internal IReadOnlyList<EventHandlerEntry> For(string type) => _handlers.TryGetValue(type, out var entries) ? entries : [];

    private EventSubscriptions Add<TEvent>(string name, bool exactlyOnce, Func<TEvent, EventContext, CancellationToken, Task> handler)
        where TEvent : class, IMessage<TEvent>, new()
    {
        var descriptor = new TEvent().Descriptor;
        if (!_handlers.TryGetValue(descriptor.FullName, out var entries))
            _handlers[descriptor.FullName] = entries = [];
        entries.Add(new EventHandlerEntry(name, exactlyOnce, descriptor, (message, context, token) => handler((TEvent)message, context, token)));
        return this;
    }
}

internal sealed record EventHandlerEntry(string Name, bool ExactlyOnce, MessageDescriptor Descriptor, Func<IMessage, EventContext, CancellationToken, Task> Handle);

/// <summary>Dapr's <c>bulkSubscribe</c>: a bulk goes when it has so many events, or when its first one has waited so long.</summary>
internal sealed record EventBulkOptions(bool Enabled, int MaxMessagesCount, int MaxAwaitDurationMs);
