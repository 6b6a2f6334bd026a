using System.Collections.Frozen;

namespace Platform.Monetary;

/// <summary>The VAT category codes of EN 16931 (UNCL5305).</summary>
public static class TaxCategories
{
    /// <summary>Taxed at a rate above zero; the default.</summary>
    public const string Standard = "S";

    /// <summary>Outside the scope of VAT; stands alone on its document (BR-O-11).</summary>
    public const string OutOfScope = "O";

    private static readonly FrozenSet<string> All = FrozenSet.Create(StringComparer.Ordinal, Standard, "Z", "E", "AE", "K", "G", OutOfScope);

    /// <summary>Whether it is the code of a category.</summary>
    public static bool Exists(string code) => All.Contains(code);

    /// <summary>The category in a message; empty is standard.</summary>
    public static string OrStandard(string code) => code.Length == 0 ? Standard : code;

    /// <summary>Only the standard category has a rate, and it always has one (BR-S-05, BR-Z-05, BR-E-05, …).</summary>
    public static bool Allows(string category, decimal rate) => OrStandard(category) == Standard ? rate > 0 : rate == 0;

    /// <summary>Whether lines of these categories may stand on one document.</summary>
    public static bool AreCompatible(IEnumerable<string> categories) =>
        categories.Distinct().ToList() is var distinct && (distinct.Count <= 1 || !distinct.Contains(OutOfScope));
}
