using System.Collections;
using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Platform.Access.Fields;

/// <summary>Where in a kind of message there are records; found out once for each kind.</summary>
internal sealed class ResourcePaths
{
    private static readonly ConcurrentDictionary<MessageDescriptor, ResourcePaths> Known = new();

    private readonly ResourceInfo? _resource;
    private readonly (FieldDescriptor Field, ResourcePaths Inner)[] _children;

    private ResourcePaths(ResourceInfo? resource, (FieldDescriptor, ResourcePaths)[] children) => (_resource, _children) = (resource, children);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _resource is null && _children.Length == 0;

    /// <summary>The kinds of records in it.</summary>
    public IEnumerable<ResourceInfo> Resources => (_resource is null ? [] : new[] { _resource }).Concat(_children.SelectMany(child => child.Inner.Resources)).Distinct();

    public static ResourcePaths Of(MessageDescriptor message) => Known.GetOrAdd(message, static root => Build(root, []));

    /// <summary>Takes out of every record in the message what the person may not read.</summary>
    public void Redact(IMessage message, PersonAccess access)
    {
        if (_resource is not null && access.FieldsOf(_resource.Of(message).Name).Unreadable is { Count: > 0 } fields)
            Redaction.Apply(message, fields);
        foreach (var (field, inner) in _children)
            RedactAll(field.Accessor.GetValue(message), inner, access);
    }

    /// <summary>Shows every record in the message to <paramref name="see"/>.</summary>
    public void Visit(IMessage message, Action<IMessage, ResourceInfo> see)
    {
        if (_resource is not null)
            see(message, _resource.Of(message));
        foreach (var (field, inner) in _children)
            VisitAll(field.Accessor.GetValue(message), inner, see);
    }

    private static void VisitAll(object? value, ResourcePaths inner, Action<IMessage, ResourceInfo> see)
    {
        if (value is IMessage message)
            inner.Visit(message, see);
        foreach (var item in value is IDictionary map ? map.Values : value as IEnumerable ?? Array.Empty<object>())
        {
            if (value is not IMessage)
                inner.Visit((IMessage)item, see);
        }
    }

    private static void RedactAll(object? value, ResourcePaths inner, PersonAccess access)
    {
        switch (value)
        {
            case IMessage message:
                inner.Redact(message, access);
                break;
            case IDictionary map:
                RedactEach(map.Values, inner, access);
                break;
            case IList list:
                RedactEach(list, inner, access);
                break;
        }
    }

    private static void RedactEach(ICollection messages, ResourcePaths inner, PersonAccess access)
    {
        foreach (var message in messages)
            inner.Redact((IMessage)message, access);
    }

    private static ResourcePaths Build(MessageDescriptor message, IReadOnlyList<MessageDescriptor> parents)
    {
        var within = parents.Append(message).ToList();
        var children = message.Fields.InDeclarationOrder()
            .Select(field => (Field: field, Type: TypeOf(field)))
            // A message within itself is no record of ours.
            .Where(child => child.Type is not null && !within.Contains(child.Type))
            .Select(child => (child.Field, Inner: Build(child.Type!, within)))
            .Where(child => !child.Inner.IsEmpty);
        return new ResourcePaths(ResourceCatalogue.Of(message), [.. children]);
    }

    private static MessageDescriptor? TypeOf(FieldDescriptor field)
    {
        var value = field.IsMap ? field.MessageType.FindFieldByName("value") : field;
        return value.FieldType == FieldType.Message ? value.MessageType : null;
    }
}
