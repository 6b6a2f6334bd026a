using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A service that runs somewhere already and is no part of the application.</summary>
public sealed class ExternalServiceResource : Resource, IResourceWithWaitSupport
{
    /// <summary>At an address.</summary>
    internal ExternalServiceResource(string name, Uri uri)
        : base(name) => Uri = Checked(uri);

    /// <summary>At an address that a parameter tells.</summary>
    internal ExternalServiceResource(string name, ParameterResource urlParameter)
        : base(name) => UrlParameter = urlParameter;

    /// <summary>Where it is; null when a parameter tells.</summary>
    internal Uri? Uri { get; }

    /// <summary>What tells where it is; null when that is known.</summary>
    internal ParameterResource? UrlParameter { get; }

    /// <summary>Where it is, now that the application runs.</summary>
    /// <exception cref="InvalidOperationException">The parameter has no address.</exception>
    internal Uri Address => Uri ?? (Uri.TryCreate(UrlParameter!.Current, UriKind.Absolute, out var given)
        ? Checked(given)
        : throw new InvalidOperationException($"The parameter '{UrlParameter.Name}' must be an absolute address; it is '{UrlParameter.Current}'."));

    /// <summary>The same, once the parameter has a value.</summary>
    /// <exception cref="InvalidOperationException">The parameter has no address.</exception>
    internal async Task<Uri> AddressAsync(CancellationToken cancellationToken)
    {
        if (UrlParameter is not null)
            await UrlParameter.GetValueAsync(cancellationToken);
        return Address;
    }

    private static Uri Checked(Uri uri) => !uri.IsAbsoluteUri
        ? throw new ArgumentException($"The address of an external service must be absolute: '{uri}'.", nameof(uri))
        : uri.AbsolutePath != "/"
        ? throw new ArgumentException($"The address of an external service has no path: '{uri}'.", nameof(uri))
        : uri;
}
