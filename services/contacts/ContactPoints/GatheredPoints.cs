using Google.Protobuf.Collections;
using Platform.Common.V1;

namespace Platform.Contacts.ContactPoints;

/// <summary>
/// The e-mails, phones and addresses of records that become one: what is not the main one of the record that stays is one of its others, so
/// that none is lost.
/// </summary>
internal static class GatheredPoints
{
    public static void Gather(V1.Person outcome, IReadOnlyList<V1.Person> records, Func<string, bool> isOpen, Func<string, bool> canRead) => Gather(
        new Points(outcome.Email, outcome.Phone, outcome.Address, outcome.OtherEmails, outcome.OtherPhones, outcome.OtherAddresses),
        [.. records.Select(one => new Points(one.Email, one.Phone, one.Address, one.OtherEmails, one.OtherPhones, one.OtherAddresses))], isOpen, canRead);

    public static void Gather(V1.Company outcome, IReadOnlyList<V1.Company> records, Func<string, bool> isOpen, Func<string, bool> canRead) => Gather(
        new Points(outcome.Email, outcome.Phone, outcome.Address, outcome.OtherEmails, outcome.OtherPhones, outcome.OtherAddresses),
        [.. records.Select(one => new Points(one.Email, one.Phone, one.Address, one.OtherEmails, one.OtherPhones, one.OtherAddresses))], isOpen, canRead);

    private static void Gather(Points outcome, IReadOnlyList<Points> records, Func<string, bool> isOpen, Func<string, bool> canRead)
    {
        if (isOpen("other_emails"))
            Put(outcome.Emails, OtherPoints.Emails(All(records, canRead("email"), one => new V1.OtherEmail { Address = one.Email }, one => one.Emails), outcome.Email));
        if (isOpen("other_phones"))
        {
            var country = outcome.Address?.Country;
            var phones = All(records, canRead("phone"), one => Moved(new V1.OtherPhone { Number = one.Phone }, one, country), one => one.Phones.Select(phone => Moved(phone, one, country)));
            Put(outcome.Phones, OtherPoints.Phones(phones, outcome.Phone, country));
        }

        if (isOpen("other_addresses"))
            Put(outcome.Addresses, OtherPoints.Addresses(All(records, canRead("address"), one => new V1.OtherAddress { Address = one.Address }, one => one.Addresses), outcome.Address));
    }

    private static IEnumerable<T> All<T>(IEnumerable<Points> records, bool withMain, Func<Points, T> main, Func<Points, IEnumerable<T>> others) =>
        records.SelectMany(one => withMain ? others(one).Prepend(main(one)) : others(one));

    // A number without its country would be one of another country there.
    private static V1.OtherPhone Moved(V1.OtherPhone phone, Points from, string? country) =>
        PhoneText.ToE164(phone.Number, from.Address?.Country) is { } whole && whole != PhoneText.ToE164(phone.Number, country)
            ? new V1.OtherPhone { Number = whole, Label = phone.Label }
            : phone;

    private static void Put<T>(RepeatedField<T> list, RepeatedField<T> points)
    {
        list.Clear();
        list.AddRange(points);
    }

    private sealed record Points(
        string Email, string Phone, Address? Address, RepeatedField<V1.OtherEmail> Emails, RepeatedField<V1.OtherPhone> Phones, RepeatedField<V1.OtherAddress> Addresses);
}
