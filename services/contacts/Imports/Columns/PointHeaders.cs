using System.Text.RegularExpressions;
using Platform.Importing.Columns;

namespace Platform.Contacts.Imports.Columns;

/// <summary>What the header of an e-mail, a phone or a part of an address says.</summary>
/// <param name="Field">What the column holds.</param>
/// <param name="Label">What it is for, in the language of the header: "home"; empty where the header does not say.</param>
/// <param name="Number">Which of several it belongs to, "Address 2 - City"; 0 where the header does not say.</param>
/// <param name="Line">Which line of a street it is, "Address line 2"; 0 where the header does not say.</param>
/// <param name="Rank">What has the lowest of those that a row has is the main one.</param>
internal sealed record PointHeader(ImportField Field, string Label, int Number, int Line, int Rank)
{
    /// <summary>Whether it is where a person lives, and no place of the company.</summary>
    public bool IsHome => Label is "home" or "privat" or "домашний";
}

/// <summary>
/// How people, HubSpot, Salesforce, Outlook and Google name the columns of several e-mails, phones and addresses, in English, Russian and German: a word for
/// what it is for, before or behind a word for what it is, with a number somewhere.
/// </summary>
internal static partial class PointHeaders
{
    private static readonly Kind[] Kinds =
    [
        new(
            Words((ImportField.Email, "email, emails, mail, email address, email value, e-mail-adresse, почта, эл почта, электронная почта, адрес электронной почты"), (ImportField.EmailLabel, "email label, email type")),
            Labels(("work", "work, business, office"), ("home", "home, personal, private"), ("Arbeit", "geschäftlich, geschäftliche, dienstlich, dienstliche, arbeit"), ("privat", "privat, private"),
                ("рабочий", "рабочий, рабочая, служебный, служебная"), ("домашний", "домашний, домашняя, личный, личная")),
            IsPlace: false),
        new(
            Words((ImportField.Phone, "phone, phones, phone number, telephone, telephone number, tel, phone value, telefon, telefonnummer, rufnummer, телефон, номер телефона"), (ImportField.PhoneLabel, "phone label, phone type")),
            Labels(("work", "work, business, office"), ("home", "home, personal, private"), ("mobile", "mobile, cell, cellular"), ("Arbeit", "geschäftlich, geschäftliche, dienstlich, dienstliche, arbeit"), ("privat", "privat, private"),
                ("mobil", "mobil, handy"), ("рабочий", "рабочий, служебный"), ("домашний", "домашний, личный"), ("мобильный", "мобильный, сотовый")),
            IsPlace: false),
        new(
            Words(
                (ImportField.Street, "street, street address, address, address line, address lines, straße, strasse, adresse, anschrift, адрес, улица"), (ImportField.City, "city, town, stadt, ort, город"),
                (ImportField.Region, "state, region, province, county, state province, bundesland, область, регион, край"), (ImportField.PostalCode, "postal code, post code, zip, zip code, zip postal code, plz, postleitzahl, индекс, почтовый индекс"),
                (ImportField.Country, "country, country code, country region, land, страна"), (ImportField.AddressLabel, "label, type")),
            Labels(("mailing", "mailing"), ("work", "business, work, office"), ("billing", "billing, invoice"), ("delivery", "shipping, delivery"), ("home", "home, personal, private"), ("other", "other, alternate"),
                ("Rechnung", "rechnungs, rechnung"), ("Lieferung", "liefer, lieferung, versand"), ("Arbeit", "geschäftlich, dienstlich"), ("privat", "privat, private"),
                ("для счетов", "для счетов, платежный, плательщика"), ("для доставки", "для доставки, доставка, доставки"), ("юридический", "юридический"), ("фактический", "фактический"), ("рабочий", "рабочий"), ("домашний", "домашний")),
            IsPlace: true),
    ];

    private static readonly string[] AddressWords = ["address", "anschrift", "adresse", "адрес"];

    // What is the main address of those who have another one too.
    private static readonly string[] MainLabels = ["mailing", "work", "Arbeit", "юридический"];

    /// <summary>Null where it is none of these.</summary>
    public static PointHeader? Find(string header)
    {
        var name = HeaderText.Normalize(header);
        var last = Number(Trailing().Match(name).Value);
        var plain = Trailing().Replace(name, "");
        var inner = Number(Digits().Match(plain).Value);
        return Kinds.Select(kind => Find(kind, Digits().Replace(plain, "", 1), inner, last)).FirstOrDefault(found => found is not null);
    }

    private static PointHeader? Find(Kind kind, string name, int inner, int last)
    {
        foreach (var (word, label) in kind.Labels)
        {
            if (CoresOf(name, word).Select(core => FieldOf(kind, core, word)).FirstOrDefault(field => field is not null) is not { } found)
                continue;
            var number = kind.IsPlace ? inner : Math.Max(inner, last);
            var rank = (number > 1 ? 10 : 0) + (label.Length == 0 ? 0 : kind.IsPlace && MainLabels.Contains(label) ? 1 : 2);
            return new PointHeader(found, label, number, kind.IsPlace ? last : 0, rank);
        }

        return null;
    }

    private static IEnumerable<string> CoresOf(string name, string word)
    {
        if (name.StartsWith(word, StringComparison.Ordinal))
            yield return name[word.Length..];
        if (word.Length > 0 && name.EndsWith(word, StringComparison.Ordinal))
            yield return name[..^word.Length];
        foreach (var address in word.Length == 0 ? [] : AddressWords.Where(address => name.StartsWith(address + word, StringComparison.Ordinal) && name.Length > address.Length + word.Length))
            yield return name[(address.Length + word.Length)..];
    }

    // "Mobile" alone is a phone. "Address city" is a city, and "Type" alone says nothing.
    private static ImportField? FieldOf(Kind kind, string core, string word)
    {
        if (core.Length == 0 && word is "mobile" or "cell" or "cellular" or "mobil" or "handy" or "мобильный" or "сотовый")
            return ImportField.Phone;
        var isAddress = kind.IsPlace && Array.Find(AddressWords, address => core.Length > address.Length && core.StartsWith(address, StringComparison.Ordinal)) is { } found && kind.Words.ContainsKey(core[found.Length..]);
        var part = isAddress ? core[Array.Find(AddressWords, address => core.StartsWith(address, StringComparison.Ordinal))!.Length..] : core;
        if (!kind.Words.TryGetValue(part, out var field))
            return null;
        return field != ImportField.AddressLabel || isAddress ? field : null;
    }

    private static int Number(string digits) => int.TryParse(digits, out var number) ? number : 0;

    private static Dictionary<string, ImportField> Words(params (ImportField Field, string Names)[] words) =>
        words.SelectMany(word => word.Names.Split(',').Select(name => (Name: HeaderText.Normalize(name), word.Field))).ToDictionary(word => word.Name, word => word.Field, StringComparer.Ordinal);

    // None before any, and long ones before those that they begin with.
    private static (string Word, string Label)[] Labels(params (string Label, string Words)[] labels) =>
        [("", ""), .. labels.SelectMany(label => label.Words.Split(',').Select(word => (Word: HeaderText.Normalize(word), label.Label))).OrderByDescending(label => label.Word.Length)];

    [GeneratedRegex(@"\d+$")]
    private static partial Regex Trailing();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    private sealed record Kind(Dictionary<string, ImportField> Words, (string Word, string Label)[] Labels, bool IsPlace);
}
