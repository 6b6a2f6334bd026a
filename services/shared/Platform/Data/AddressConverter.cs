using Google.Protobuf;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Platform.Common.V1;

namespace Platform.Data;

/// <summary>A postal address as JSONB.</summary>
internal sealed class AddressConverter() : ValueConverter<Address, string>(value => JsonFormatter.Default.Format(value), text => JsonParser.Default.Parse<Address>(text));

internal sealed class AddressComparer() : ValueComparer<Address>((left, right) => object.Equals(left, right), value => value.GetHashCode(), value => value.Clone());
