using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.Common.V1;
using Platform.Monetary;

namespace Platform.Access;

/// <summary>What a field of a message holds, as filters compare it; null where that is nothing.</summary>
internal static class MessageValues
{
    public static string? Text(IMessage message, FieldDescriptor field) => (string)field.Accessor.GetValue(message);

    public static Guid? Id(IMessage message, FieldDescriptor field) => Guid.TryParse(Text(message, field), out var id) ? id : null;

    public static DateOnly? Date(IMessage message, FieldDescriptor field) =>
        DateOnly.TryParseExact(Text(message, field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    public static int? Whole(IMessage message, FieldDescriptor field) => IsAbsent(message, field) ? null : (int)field.Accessor.GetValue(message);

    public static bool? Flag(IMessage message, FieldDescriptor field) => IsAbsent(message, field) ? null : (bool)field.Accessor.GetValue(message);

    public static TEnum Choice<TEnum>(IMessage message, FieldDescriptor field)
        where TEnum : struct, System.Enum => (TEnum)field.Accessor.GetValue(message);

    public static decimal? Amount(IMessage message, FieldDescriptor field) =>
        field.Accessor.GetValue(message) is Money money && DecimalText.TryParse(money.Amount, out var amount) ? amount : null;

    public static decimal? Number(IMessage message, FieldDescriptor field) => DecimalText.TryParse((string)field.Accessor.GetValue(message), out var number) ? number : null;

    public static string? Currency(IMessage message, FieldDescriptor field) => (field.Accessor.GetValue(message) as Money)?.Currency;

    public static DateTimeOffset? Instant(IMessage message, FieldDescriptor field) => (field.Accessor.GetValue(message) as Timestamp)?.ToDateTimeOffset();

    /// <summary>The purposes that are agreed to.</summary>
    public static IEnumerable<string>? ConsentedTo(IMessage message, FieldDescriptor field) =>
        ((IEnumerable<Contacts.V1.Consent>)field.Accessor.GetValue(message)).Where(consent => consent.State == Contacts.V1.ConsentState.Given).Select(consent => consent.Purpose);

    public static Struct Map(IMessage message, FieldDescriptor field) => field.Accessor.GetValue(message) as Struct ?? new Struct();

    private static bool IsAbsent(IMessage message, FieldDescriptor field) => field.HasPresence && !field.Accessor.HasValue(message);
}
