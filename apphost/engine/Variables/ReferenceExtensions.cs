using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Projects;
using Platform.LocalHost.Variables;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives a connection string as <c>ConnectionStrings__name</c>, and its parts as <c>NAME_HOST</c> and so on.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        return builder.WithEnvironment(async context =>
        {
            if (optional && string.IsNullOrEmpty(await resource.GetConnectionStringAsync(context.CancellationToken)))
                return;
            context.EnvironmentVariables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"] = resource;
            foreach (var (property, value) in resource.GetConnectionProperties())
                context.EnvironmentVariables[$"{EnvironmentName.Encode(name)}_{property.ToUpperInvariant()}"] = value;
        });
    }

    /// <summary>Gives the addresses of another resource as <c>services__name__http__0</c> and <c>NAME_HTTP</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.WithReference(source, source.Resource.Name);

    /// <summary>Gives the addresses of another resource under a name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment => builder.WithEnvironment(context =>
        {
            foreach (var endpoint in source.Resource.Annotations.OfType<EndpointAnnotation>())
                context.AddService(name, new EndpointReference(source.Resource, endpoint.Name));
        });

    /// <summary>Gives one address of another resource.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.AddService(endpointReference.Resource.Name, endpointReference));

    /// <summary>Gives an address outside the application.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment => builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables[$"services__{name}__default__0"] = uri.ToString();
            context.EnvironmentVariables[EnvironmentName.Encode(name)] = uri.ToString();
        });

    /// <summary>Gives the address of a service that runs elsewhere.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<ExternalServiceResource> externalService)
        where TDestination : IResourceWithEnvironment => builder.WithEnvironment(async context =>
        {
            var service = externalService.Resource;
            var address = await service.AddressAsync(context.CancellationToken);
            context.EnvironmentVariables[$"services__{service.Name}__{address.Scheme}__0"] = address.ToString();
            // As Aspire does: where only a parameter knows the address, the name says the scheme.
            var name = EnvironmentName.Encode(service.Name);
            context.EnvironmentVariables[service.UrlParameter is null ? name : $"{name}_{address.Scheme.ToUpperInvariant()}"] = address.ToString();
        });

    private static void AddService(this EnvironmentCallbackContext context, string name, EndpointReference endpoint)
    {
        var key = endpoint.EndpointName is "http" or "https" ? endpoint.Scheme : endpoint.EndpointName;
        var index = 0;
        while (context.EnvironmentVariables.ContainsKey(Variable(index)))
            index++;
        context.EnvironmentVariables[Variable(index)] = endpoint;
        foreach (var other in Replica.OthersOf(endpoint.Resource).SelectMany(replica => replica.Endpoints).Where(other => other.Endpoint == endpoint.Annotation))
            context.EnvironmentVariables[Variable(++index)] = other.UriString;
        context.EnvironmentVariables[$"{EnvironmentName.Encode(name)}_{EnvironmentName.Encode(key)}"] = endpoint;

        string Variable(int number) => $"services__{name}__{key}__{number.ToString(CultureInfo.InvariantCulture)}";
    }
}
