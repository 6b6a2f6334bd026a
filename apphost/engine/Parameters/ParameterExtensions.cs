using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Parameters;

namespace Aspire.Hosting;

/// <summary>Adds parameters.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>A parameter that the configuration must give, or whoever is asked for it.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddParameterFromConfiguration(name, KeyOf(name), secret);

    /// <summary>A parameter with a value, which the configuration may replace.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>A parameter with a value, which the configuration may replace.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => GivenValue.Of(builder.Configuration, KeyOf(name)) ?? valueGetter(), secret));

    /// <summary>A parameter with a default. A persisted one is made once and kept with the instance's data.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        string Make(ParameterDefault? parameterDefault) => GivenValue.Of(builder.Configuration, KeyOf(name))
            ?? (persist ? builder.Secrets().GetOrAdd(name, parameterDefault!.GetDefaultValue) : parameterDefault!.GetDefaultValue());
        return builder.AddResource(new ParameterResource(name, Make, secret) { Default = value });
    }

    /// <summary>A parameter under a key of its own in the configuration.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret = false) =>
        builder.AddResource(GivenValue.Parameter(builder, name, configurationKey, secret));

    /// <summary>A connection string that the configuration must give, or whoever is asked for it.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null) =>
        builder.AddResource(new GivenConnectionString(builder, name, environmentVariableName));

    /// <summary>Says what a parameter is for.</summary>
    public static IResourceBuilder<ParameterResource> WithDescription(this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        (builder.Resource.Description, builder.Resource.EnableDescriptionMarkdown) = (description, enableMarkdown);
        return builder;
    }

    /// <summary>Says how a parameter is asked for: what kind of value, what can be chosen, what is the usual one.</summary>
    [Experimental("ASPIREINTERACTION001")]
    public static IResourceBuilder<ParameterResource> WithCustomInput(this IResourceBuilder<ParameterResource> builder, Func<ParameterResource, InteractionInput> createInput) =>
        builder.WithAnnotation(new InputGeneratorAnnotation(createInput), ResourceAnnotationMutationBehavior.Replace);

    private static string KeyOf(string name) => $"Parameters:{name}";
}
