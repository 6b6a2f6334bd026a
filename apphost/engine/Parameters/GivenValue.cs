using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Platform.LocalHost.Hosting;

namespace Platform.LocalHost.Parameters;

/// <summary>A value that somebody has to give: in the configuration, or once when asked.</summary>
internal static class GivenValue
{
    /// <summary>A parameter with such a value.</summary>
    public static ParameterResource Parameter(IDistributedApplicationBuilder builder, string name, string key, bool secret) =>
        new(name, _ => Find(builder, key) ?? throw Missing(builder, name, key), secret) { ConfigurationKey = key };

    /// <summary>What the configuration says. A shell has no hyphens in names of variables, so an underscore stands for one too.</summary>
    public static string? Of(IConfiguration configuration, string key) => configuration[key] ?? configuration[key.Replace('-', '_')];

    /// <summary>The same, else what was kept when somebody was asked.</summary>
    public static string? Find(IDistributedApplicationBuilder builder, string key) => Of(builder.Configuration, key) ?? builder.Secrets().Find(key);

    public static MissingParameterValueException Missing(IDistributedApplicationBuilder builder, string name, string key)
    {
        var what = builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == name);
        return new($"The {(what is GivenConnectionString ? "connection string" : "parameter")} '{name}' has no value{(what?.Description is { } use ? $" ({use})" : "")}. "
            + $"Give it in the configuration: {key} in appsettings.json, the variable {key.Replace(":", "__", StringComparison.Ordinal).Replace('-', '_')}, or --{key}=….");
    }
}
