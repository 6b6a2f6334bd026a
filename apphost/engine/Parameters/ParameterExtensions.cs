using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Hosting;

namespace Aspire.Hosting;

/// <summary>Adds parameters.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>A parameter that the configuration must give.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => FromConfiguration(builder, $"Parameters:{name}") ?? throw Missing(builder, name, $"Parameters:{name}"), secret));

    /// <summary>A parameter with a value, which the configuration may replace.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>A parameter with a value, which the configuration may replace.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => FromConfiguration(builder, $"Parameters:{name}") ?? valueGetter(), secret));

    /// <summary>A parameter with a default. A persisted one is made once and kept with the instance's data.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        string Make(ParameterDefault? parameterDefault) => FromConfiguration(builder, $"Parameters:{name}")
            ?? (persist ? builder.Secrets().GetOrAdd(name, parameterDefault!.GetDefaultValue) : parameterDefault!.GetDefaultValue());
        return builder.AddResource(new ParameterResource(name, Make, secret) { Default = value });
    }

    /// <summary>A parameter under a key of its own in the configuration.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => FromConfiguration(builder, configurationKey) ?? throw Missing(builder, name, configurationKey), secret));

    /// <summary>A connection string that the configuration must give.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null) =>
        builder.AddResource(new GivenConnectionString(name, environmentVariableName, builder.Configuration));

    /// <summary>Says what a parameter is for.</summary>
    public static IResourceBuilder<ParameterResource> WithDescription(this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        (builder.Resource.Description, builder.Resource.EnableDescriptionMarkdown) = (description, enableMarkdown);
        return builder;
    }

    private static string? FromConfiguration(IDistributedApplicationBuilder builder, string key) => builder.Configuration[key];

    private static InvalidOperationException Missing(IDistributedApplicationBuilder builder, string name, string key) =>
        new($"The parameter '{name}' has no value{(builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == name)?.Description is { } what ? $" ({what})" : "")}. Set it in the configuration: {key}, or the variable {key.Replace(":", "__", StringComparison.Ordinal)}.");
}
