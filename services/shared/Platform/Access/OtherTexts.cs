using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using Platform.Contacts.V1;

namespace Platform.Access;

/// <summary>What a record has several of: e-mails, phones and addresses beside its main ones, and consents, as filters ask for them and as files have them.</summary>
public static class OtherTexts
{
    /// <summary>E-mail addresses, in small letters.</summary>
    public static IEnumerable<string> Of(RepeatedField<OtherEmail> emails) => emails.Select(email => email.Address.ToLowerInvariant());

    /// <summary>Numbers as they were typed and, where they are understood, as E.164.</summary>
    public static IEnumerable<string> Of(RepeatedField<OtherPhone> phones) => phones.SelectMany(phone => new[] { phone.Number, phone.E164 }).Where(text => text.Length > 0).Distinct();

    /// <summary>Whether such parts have a text in files.</summary>
    internal static bool HasLine(MessageDescriptor part) => part == OtherEmail.Descriptor || part == OtherPhone.Descriptor || part == OtherAddress.Descriptor || part == Consent.Descriptor;

    /// <summary>The text of one in a file, which an import reads again: what it is for, and what it is.</summary>
    internal static string LineOf(IMessage part) => part switch
    {
        OtherEmail email => FileTexts.Write(email.Label, [email.Address]),
        OtherPhone phone => FileTexts.Write(phone.Label, [phone.Number]),
        Consent consent => $"{consent.Purpose}: {(consent.State == ConsentState.Given ? "given" : "withdrawn")}",
        OtherAddress { Address: { } address } other => FileTexts.Write(other.Label, [.. address.Lines, address.PostalCode, address.City, address.Region, address.Country]),
        _ => "",
    };

    internal static bool AreMeant(FieldDescriptor field) => field.IsRepeated && (field.MessageType == OtherEmail.Descriptor || field.MessageType == OtherPhone.Descriptor);

    internal static IEnumerable<string> Of(IMessage message, FieldDescriptor field) => field.Accessor.GetValue(message) switch
    {
        RepeatedField<OtherEmail> emails => Of(emails),
        RepeatedField<OtherPhone> phones => Of(phones),
        _ => [],
    };
}
