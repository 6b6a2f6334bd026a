using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Platform.Data;

/// <summary>Custom fields: a protobuf Struct as JSONB.</summary>
internal sealed class StructConverter() : ValueConverter<Struct, string>(value => JsonFormatter.Default.Format(value), text => JsonParser.Default.Parse<Struct>(text));

internal sealed class StructComparer() : ValueComparer<Struct>((left, right) => object.Equals(left, right), value => value.GetHashCode(), value => value.Clone());
