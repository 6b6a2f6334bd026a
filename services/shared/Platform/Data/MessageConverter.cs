using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Platform.Data;

/// <summary>A message as its protobuf JSON in a JSONB column.</summary>
public sealed class MessageConverter<T>() : ValueConverter<T, string>(value => JsonFormatter.Default.Format(value), text => JsonParser.Default.Parse<T>(text))
    where T : IMessage, new();

/// <summary>Custom fields as JSON in a JSONB column.</summary>
internal sealed class StructConverter() : ValueConverter<Struct, string>(fields => StructJson.Format(fields), text => StructJson.Parse(text));

/// <summary>Compares messages by value and keeps a copy, so that a change inside one is seen.</summary>
public sealed class MessageComparer<T>() : ValueComparer<T>((left, right) => object.Equals(left, right), value => value.GetHashCode(), value => value.Clone())
    where T : IMessage, IDeepCloneable<T>;
