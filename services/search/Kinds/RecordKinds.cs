using Platform.Access;

namespace Platform.Search.Kinds;

/// <summary>
/// The kinds of records that are searched. Who adds a kind to the catalogue adds it here, and feeds it, unless people look for it where
/// it belongs: relations, prices with their lists, and credit notes.
/// </summary>
internal static class RecordKinds
{
    private static readonly SearchedField[] Address =
        [new("address.lines", 2), new("address.city", 3), new("address.region", 1), new("address.postal_code", 2)];

    private static readonly SearchedField[] Others =
        [new("phone_e164", 8, FieldUse.Phone), new("other_emails.address", 8, FieldUse.Name), new("other_phones.number", 8, FieldUse.Phone), new("other_phones.e164", 8, FieldUse.Phone),
         new("other_addresses.address.lines", 1), new("other_addresses.address.city", 1)];

    /// <summary>Those of the platform.</summary>
    public static IReadOnlyList<RecordKind> BuiltIn { get; } =
    [
        Of("contacts.person", ["first_name", "last_name"],
            [new("first_name", 9), new("last_name", 10), new("email", 8, FieldUse.Name), new("phone", 8, FieldUse.Phone), new("job_title", 4), .. Others, .. Address]),
        Of("contacts.company", ["name"],
            [new("name", 10), new("email", 8, FieldUse.Name), new("phone", 8, FieldUse.Phone), new("website", 6), new("tax_number", 8, FieldUse.Name), .. Others, .. Address]),
        Of("contacts.lead", ["first_name", "last_name"],
            [new("first_name", 9), new("last_name", 10), new("email", 8, FieldUse.Name), new("phone", 8, FieldUse.Phone), new("phone_e164", 8, FieldUse.Phone), new("company_name", 7), new("job_title", 4), new("source", 1)]),
        Of("contacts.activity", ["subject"], [new("subject", 6), new("body", 2)]),
        Of("deals.deal", ["name"],
            [new("name", 10), new("line_items.product_code", 3, FieldUse.Name), new("line_items.description", 2), new("lost_reason", 1), new("flag_reason", 1)]),
        Of("deals.quote", ["number", "name"],
            [new("number", 10, FieldUse.Name), new("name", 9), new("buyer.name", 7), new("buyer.email", 6, FieldUse.Name), new("line_items.product_code", 3, FieldUse.Name),
             new("line_items.description", 2), new("introduction", 1), new("terms", 1)]),
        Of("finance.invoice", ["number", "buyer.name"],
            [new("number", 10, FieldUse.Name), new("buyer.name", 7), new("buyer.email", 6, FieldUse.Name), new("buyer.tax_number", 6, FieldUse.Name),
             new("lines.product_code", 3, FieldUse.Name), new("lines.description", 2)]),
        Of("inventory.product", ["code", "name"], [new("code", 10, FieldUse.Name), new("name", 9), new("description", 2)]),
    ];

    /// <summary>Of records of companies' own objects.</summary>
    private static IReadOnlyList<SearchedField> OfObjects { get; } = [new("number", 9, FieldUse.Name), new("name", 10)];

    /// <summary>The kind of that name; null where it is not searched.</summary>
    public static RecordKind? Find(string name) => name.StartsWith(ResourceCatalogue.ObjectPrefix, StringComparison.Ordinal)
        ? ResourceCatalogue.Find(name) is { } known ? new RecordKind(known, ["name"], OfObjects) : null
        : BuiltIn.FirstOrDefault(kind => kind.Name == name);

    private static RecordKind Of(string name, IReadOnlyList<string> titles, IReadOnlyList<SearchedField> fields) =>
        new(ResourceCatalogue.Find(name) ?? throw new InvalidOperationException($"'{name}' is not in the catalogue of resources."), titles, fields);
}
