namespace Platform.Contacts.Imports.Rows;

/// <summary>Names of countries that stand in files instead of their code; what is not here stays as it is and is validated.</summary>
internal static class Countries
{
    private static readonly Dictionary<string, string> Codes = new Dictionary<string, string>
    {
        ["AT"] = "austria,österreich,австрия",
        ["BE"] = "belgium,belgien,бельгия",
        ["BY"] = "belarus,беларусь",
        ["CH"] = "switzerland,schweiz,швейцария",
        ["CN"] = "china,китай",
        ["CZ"] = "czechia,czech republic,tschechien,чехия",
        ["DE"] = "germany,deutschland,германия",
        ["DK"] = "denmark,dänemark,дания",
        ["ES"] = "spain,spanien,испания",
        ["FI"] = "finland,finnland,финляндия",
        ["FR"] = "france,frankreich,франция",
        ["GB"] = "united kingdom,uk,great britain,england,vereinigtes königreich,großbritannien,великобритания",
        ["IN"] = "india,indien,индия",
        ["IT"] = "italy,italien,италия",
        ["JP"] = "japan,япония",
        ["KZ"] = "kazakhstan,kasachstan,казахстан",
        ["NL"] = "netherlands,the netherlands,niederlande,нидерланды",
        ["NO"] = "norway,norwegen,норвегия",
        ["PL"] = "poland,polen,польша",
        ["RU"] = "russia,russian federation,russland,россия,российская федерация",
        ["SE"] = "sweden,schweden,швеция",
        ["TR"] = "turkey,türkiye,türkei,турция",
        ["UA"] = "ukraine,украина",
        ["US"] = "united states,united states of america,usa,vereinigte staaten,сша",
    }.SelectMany(entry => entry.Value.Split(',').Select(name => (name, entry.Key))).ToDictionary(entry => entry.name, entry => entry.Key, StringComparer.OrdinalIgnoreCase);

    public static string ToCode(string country) => Codes.TryGetValue(country, out var code) ? code : country.Length == 2 ? country.ToUpperInvariant() : country;
}
