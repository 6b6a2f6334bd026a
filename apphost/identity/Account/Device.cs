namespace Platform.Identity.Account;

/// <summary>A browser by its name, as far as it tells.</summary>
internal static class Device
{
    // The order matters: nearly every browser calls itself by the names of others too.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("YaBrowser/", "Yandex Browser"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    public static string Name(string? agent, AccountTexts texts) => (Find(Browsers, agent), Find(Systems, agent)) switch
    {
        ({ } browser, { } system) => $"{browser} {texts.On} {system}",
        ({ } browser, null) => browser,
        (null, { } system) => system,
        _ => texts.UnknownDevice,
    };

    private static string? Find((string Mark, string Name)[] known, string? agent) =>
        agent is null ? null : known.Where(one => agent.Contains(one.Mark, StringComparison.Ordinal)).Select(one => one.Name).FirstOrDefault();
}
