using System.CommandLine;

namespace Platform.Demo;

/// <summary>An option that takes an http address.</summary>
internal static class AddressOption
{
    public static Option<Uri> Create(string name, string description, string fallback) => new(name)
    {
        Description = $"{description} Default {fallback}.",
        DefaultValueFactory = _ => new Uri(fallback),
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens.Single().Value, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https"))
                return address;
            result.AddError($"{name} takes an address such as {fallback}.");
            return null;
        },
    };
}
