using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Platform.Data;

/// <summary>A message as its protobuf JSON in a JSONB column.</summary>
public sealed class MessageConverter<T>() : ValueConverter<T, string>(value => JsonFormatter.Default.Format(value), text => JsonParser.Default.Parse<T>(text))
    where T : IMessage, new();

/// <summary>Messages as an array of their protobuf JSON in a JSONB column.</summary>
public sealed class MessagesConverter<T>() : ValueConverter<RepeatedField<T>, string>(messages => MessageLists.Format(messages), text => MessageLists.Parse<T>(text))
    where T : IMessage<T>, new();

/// <summary>Messages as they stand in such a column.</summary>
public static class MessageLists
{
    private const string None = "[]";

    /// <summary>As they are kept.</summary>
    public static string Format<T>(RepeatedField<T> messages)
        where T : IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(messages);
        return messages.Count == 0 ? None : $"[{string.Join(',', messages.Select(message => JsonFormatter.Default.Format(message)))}]";
    }

    internal static RepeatedField<T> Parse<T>(string text)
        where T : IMessage<T>, new()
    {
        var messages = new RepeatedField<T>();
        if (text == None)
            return messages;
        using var json = JsonDocument.Parse(text);
        messages.AddRange(json.RootElement.EnumerateArray().Select(element => JsonParser.Default.Parse<T>(element.GetRawText())));
        return messages;
    }
}

/// <summary>Custom fields as JSON in a JSONB column.</summary>
internal sealed class StructConverter() : ValueConverter<Struct, string>(fields => StructJson.Format(fields), text => StructJson.Parse(text));

/// <summary>Compares messages by value and keeps a copy, so that a change inside one is seen.</summary>
public sealed class MessageComparer<T>() : ValueComparer<T>((left, right) => object.Equals(left, right), value => value.GetHashCode(), value => value.Clone())
    where T : IMessage, IDeepCloneable<T>;

/// <summary>Compares lists of messages by value and keeps a copy, so that a change inside one is seen.</summary>
public sealed class MessagesComparer<T>() : ValueComparer<RepeatedField<T>>((left, right) => object.Equals(left, right), value => value.GetHashCode(), value => value.Clone());
