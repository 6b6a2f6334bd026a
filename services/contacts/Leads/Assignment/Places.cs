using Platform.Common.V1;

namespace Platform.Contacts.Leads.Assignment;

/// <summary>Whether an address is in a territory.</summary>
internal static class Places
{
    public static bool Has(this V1.Territory territory, Address? address) => address is not null
        && (territory.Countries.Count == 0 || territory.Countries.Contains(address.Country, StringComparer.OrdinalIgnoreCase))
        && (territory.Regions.Count == 0 || territory.Regions.Select(region => region.Trim()).Contains(address.Region.Trim(), StringComparer.OrdinalIgnoreCase))
        && (territory.PostalCodePrefixes.Count == 0 || territory.PostalCodePrefixes.Any(prefix => Packed(address.PostalCode).StartsWith(Packed(prefix), StringComparison.Ordinal)));

    private static string Packed(string code) => string.Concat(code.Where(letter => !char.IsWhiteSpace(letter))).ToUpperInvariant();
}
