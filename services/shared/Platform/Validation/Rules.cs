using System.Globalization;
using System.Net.Mail;
using FluentValidation;
using Platform.Filtering.Values;
using static Platform.Languages.Wording;

namespace Platform.Validation;

/// <summary>Rules that many messages share.</summary>
public static class Rules
{
    /// <summary>A UUID.</summary>
    public static IRuleBuilderOptions<T, string> Id<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(text => Guid.TryParse(text, out _)).WithMessage("Use the id of a resource (a UUID).");

    /// <summary>A UUID, or empty.</summary>
    public static IRuleBuilderOptions<T, string> OptionalId<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(text => text.Length == 0 || Guid.TryParse(text, out _)).WithMessage("Use the id of a resource (a UUID), or leave it out.");

    /// <summary>Text up to a length, without control characters.</summary>
    public static IRuleBuilderOptions<T, string> Text<T>(this IRuleBuilder<T, string> rule, int maximumLength) => rule
        .MaximumLength(maximumLength).WithMessage(_ => Say($"At most {maximumLength} characters."))
        .Must(text => !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))).WithMessage("Control characters are not allowed.");

    /// <summary>An e-mail address, or empty.</summary>
    public static IRuleBuilderOptions<T, string> OptionalEmail<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(text => text.Length == 0 || IsEmail(text)).WithMessage("Use an e-mail address such as name@company.example.");

    /// <summary>A calendar date of the years 1000 to 9000, or empty.</summary>
    public static IRuleBuilderOptions<T, string> OptionalDate<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(text => text.Length == 0 || Day(text) is not null).WithMessage("Use a date as YYYY-MM-DD.")
        .Must(text => Day(text) is not { } day || Dates.IsKnown(day)).WithMessage("Use a date of the years 1000 to 9000.");

    /// <summary>The IANA name of a time zone, or empty.</summary>
    public static IRuleBuilderOptions<T, string> OptionalTimeZone<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(text => text.Length == 0 || (TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId))
            .WithMessage("Use an IANA time zone such as Europe/Berlin, or leave it out for UTC.");

    /// <summary>Whether it can be written to: one address, a domain with a dot, at most 254 characters (RFC 5321).</summary>
    public static bool IsEmail(string text) =>
        text.Length <= 254 && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal)
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
