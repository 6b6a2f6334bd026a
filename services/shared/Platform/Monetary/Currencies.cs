using System.Collections.Frozen;

namespace Platform.Monetary;

/// <summary>The currencies of ISO 4217 with the decimals of their amounts.</summary>
public static class Currencies
{
    private const string WithoutDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";

    private const string WithTwo = """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP
        COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD
        KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK
        NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
        TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
        """;

    private const string WithThree = "BHD IQD JOD KWD LYD OMR TND";

    private const string WithFour = "CLF UYW";

    private static readonly FrozenDictionary<string, int> Decimals = Codes(WithoutDecimals, 0)
        .Concat(Codes(WithTwo, 2)).Concat(Codes(WithThree, 3)).Concat(Codes(WithFour, 4))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether it is the code of a currency, in upper case.</summary>
    public static bool Exists(string code) => Decimals.ContainsKey(code);

    /// <summary>How many decimals an amount on a document has: JPY 0, EUR 2, BHD 3.</summary>
    /// <exception cref="KeyNotFoundException">There is no such currency: validate first.</exception>
    public static int DecimalsOf(string code) => Decimals[code];

    private static IEnumerable<KeyValuePair<string, int>> Codes(string codes, int decimals) =>
        codes.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(code => KeyValuePair.Create(code, decimals));
}
