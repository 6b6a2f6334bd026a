namespace Platform.Identity.Brokering;

/// <summary>How a browser goes to a provider: by following the address or, with fields, by posting them there.</summary>
internal sealed record Departure(string Address, IReadOnlyDictionary<string, string>? Fields = null);
