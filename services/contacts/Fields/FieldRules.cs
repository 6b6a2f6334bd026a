using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Fields;

/// <summary>Rules that leads, people and companies share.</summary>
internal static class FieldRules
{
    private const int MaxCustomFieldBytes = 64 * 1024;

    /// <summary>Of a size that a row can bear, without the one character that PostgreSQL cannot keep.</summary>
    public static IRuleBuilderOptions<T, Struct?> CustomFields<T>(this IRuleBuilder<T, Struct?> rule) => rule
        .Must(fields => fields is null || fields.CalculateSize() <= MaxCustomFieldBytes).WithMessage(_ => Say($"At most {MaxCustomFieldBytes / 1024} KiB."))
        .Must(fields => fields is null || !fields.Fields.Any(field => HasNul(field.Key) || HasNul(field.Value))).WithMessage("The character U+0000 is not allowed.");

    private static bool HasNul(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue => HasNul(value.StringValue),
        Value.KindOneofCase.ListValue => value.ListValue.Values.Any(HasNul),
        Value.KindOneofCase.StructValue => value.StructValue.Fields.Any(field => HasNul(field.Key) || HasNul(field.Value)),
        _ => false,
    };

    private static bool HasNul(string text) => text.Contains('\0', StringComparison.Ordinal);
}
