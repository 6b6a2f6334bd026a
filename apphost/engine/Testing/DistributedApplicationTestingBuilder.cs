using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Testing;

namespace Aspire.Hosting.Testing;

/// <summary>Describes an application that a test runs.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>The application, as the test has changed it.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

/// <summary>Takes the model of an AppHost into a test: its program runs up to its call of Build.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>The model of the AppHost that a type is of, such as <c>Projects.AppHost</c>.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <summary>The same with a command line, such as <c>--instance NAME</c>: an instance has data and ports of its own.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>(args, static (_, _) => { }, cancellationToken);

    /// <summary>The same, with other options than those that the AppHost gives. Where these do not say otherwise, it runs without its dashboard.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IDistributedApplicationTestingBuilder>(new TestingBuilder(ModelInspection.Of(typeof(TEntryPoint).Assembly, Configure, args)));

        void Configure(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
        {
            options.DisableDashboard = true;
            configureBuilder(options, settings);
        }
    }
}

/// <summary>Reaches what an application runs.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>A client for an endpoint of a resource; for its first HTTP one when none is named.</summary>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null) =>
        new() { BaseAddress = app.GetEndpoint(resourceName, endpointName) };

    /// <summary>Where a resource listens.</summary>
    /// <exception cref="ArgumentException">There is no such resource, or it has no such endpoint.</exception>
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var endpoints = app.ResourceOf(resourceName).Annotations.OfType<EndpointAnnotation>();
        var endpoint = endpoints.FirstOrDefault(candidate => endpointName is null ? candidate.UriScheme is "http" or "https" : candidate.Name.Equals(endpointName, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"The resource '{resourceName}' has no endpoint{(endpointName is null ? " that speaks HTTP" : $" '{endpointName}'")}.", nameof(endpointName));
        return new Uri(endpoint.AllocatedEndpoint?.UriString ?? throw new InvalidOperationException($"The endpoint '{endpoint.Name}' of '{resourceName}' has no port yet; it has one when the application runs."));
    }

    /// <summary>The connection string of a resource.</summary>
    /// <exception cref="ArgumentException">There is no such resource, or it has no connection string.</exception>
    public static ValueTask<string?> GetConnectionStringAsync(this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default) =>
        app.ResourceOf(resourceName) is IResourceWithConnectionString connected
            ? connected.GetConnectionStringAsync(cancellationToken)
            : throw new ArgumentException($"The resource '{resourceName}' has no connection string.", nameof(resourceName));

    private static IResource ResourceOf(this DistributedApplication app, string name) => app.Model.FirstOrDefault(resource => resource.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no resource '{name}'. There are: {string.Join(", ", app.Model.Select(resource => resource.Name))}.", nameof(name));
}
