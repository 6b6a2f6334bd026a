using Google.Protobuf.Collections;
using Platform.Common.V1;

namespace Platform.Contacts.ContactPoints;

/// <summary>The e-mails, phones and addresses that a record has beside its main ones, as they are kept: none twice, and none that is the main one.</summary>
internal static class OtherPoints
{
    public static RepeatedField<V1.OtherEmail> Emails(IEnumerable<V1.OtherEmail> given, string main) => Distinct(
        given.Select(one => new V1.OtherEmail { Address = one.Address.Trim(), Label = one.Label.Trim() }), one => one.Address.Length > 0, KeyOf, KeyOfEmail(main));

    public static RepeatedField<V1.OtherPhone> Phones(IEnumerable<V1.OtherPhone> given, string main, string? country) => Distinct(
        given.Select(one => new V1.OtherPhone { Number = one.Number.Trim(), Label = one.Label.Trim(), E164 = PhoneText.ToE164(one.Number, country) ?? "" }),
        one => one.Number.Length > 0, one => KeyOf(one, country), KeyOfPhone(main, country));

    public static RepeatedField<V1.OtherAddress> Addresses(IEnumerable<V1.OtherAddress> given, Address? main) => Distinct(
        given.Select(one => new V1.OtherAddress { Address = one.Address?.Clone(), Label = one.Label.Trim() }), one => one.Address is { } address && address.CalculateSize() > 0, KeyOf, KeyOfAddress(main));

    /// <summary>By what two of them are the same.</summary>
    public static string KeyOf(V1.OtherEmail email) => KeyOfEmail(email.Address);

    /// <summary>By what two of them are the same: numbers that are understood, however they are typed.</summary>
    public static string KeyOf(V1.OtherPhone phone, string? country) => KeyOfPhone(phone.Number, country);

    /// <summary>By what two of them are the same.</summary>
    public static string KeyOf(V1.OtherAddress address) => KeyOfAddress(address.Address);

    public static string KeyOfEmail(string email) => email.Trim().ToLowerInvariant();

    public static string KeyOfPhone(string phone, string? country) => PhoneText.ToE164(phone, country) ?? phone.Trim();

    public static string KeyOfAddress(Address? address) => address?.ToString() ?? "";

    private static RepeatedField<T> Distinct<T>(IEnumerable<T> points, Func<T, bool> isSet, Func<T, string> keyOf, string main)
    {
        var (kept, known) = (new RepeatedField<T>(), new HashSet<string>(StringComparer.Ordinal) { main });
        kept.AddRange(points.Where(isSet).Where(point => known.Add(keyOf(point))));
        return kept;
    }
}
