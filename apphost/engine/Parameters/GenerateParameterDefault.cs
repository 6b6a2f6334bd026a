using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A random value.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Letters and digits that look alike are left out: 0 O, 1 l I.
    private const string LowerCase = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperCase = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "23456789";
    private const string Symbols = "-_.{}~()*+!";

    /// <summary>Its length.</summary>
    public int MinLength { get; set; }

    /// <summary>Small letters.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Capital letters.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Digits.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Other characters.</summary>
    public bool Special { get; set; } = true;

    /// <summary>Fewest small letters.</summary>
    public int MinLower { get; set; }

    /// <summary>Fewest capital letters.</summary>
    public int MinUpper { get; set; }

    /// <summary>Fewest digits.</summary>
    public int MinNumeric { get; set; }

    /// <summary>Fewest other characters.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc/>
    public override string GetDefaultValue()
    {
        (string Alphabet, int Fewest)[] sets = [.. Sets()];
        var alphabet = string.Concat(sets.Select(set => set.Alphabet));
        var letters = sets.SelectMany(set => RandomNumberGenerator.GetItems<char>(set.Alphabet, set.Fewest)).ToList();
        letters.AddRange(RandomNumberGenerator.GetItems<char>(alphabet, Math.Max(0, MinLength - letters.Count)));
        var result = letters.ToArray();
        RandomNumberGenerator.Shuffle(result.AsSpan());
        return new string(result);
    }

    private IEnumerable<(string Alphabet, int Fewest)> Sets()
    {
        if (Lower)
            yield return (LowerCase, MinLower);
        if (Upper)
            yield return (UpperCase, MinUpper);
        if (Numeric)
            yield return (Digits, MinNumeric);
        if (Special)
            yield return (Symbols, MinSpecial);
    }
}
