using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Invocation;

namespace Platform.Gateway.OpenApi.Companies;

/// <summary>
/// The document as one caller's company has it. What the company has is asked of the metadata service each time, with the caller's own
/// token, so that nothing is ever stale; the document of the same answer is made once.
/// </summary>
internal sealed class CompanyDocuments(BuiltInDocument builtIn, SidecarChannel sidecar, TimeProvider time)
{
    private const int MaxDocuments = 16;
    private const long MaxBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    // What companies add to a document: each looks at every resource, and changes what is its own.
    private static readonly Func<JsonObject, Action<ResourceDescriptor>>[] Parts =
        [document => resource => ResourceSchemas.Apply(document, resource), document => new ObjectPaths(document).Apply];

    private readonly ConcurrentDictionary<string, OpenApiText> _documents = new(StringComparer.Ordinal);

    /// <summary>The document of the visitor's company.</summary>
    /// <exception cref="RpcException">The metadata service refuses, or cannot be reached.</exception>
    public async Task<OpenApiText> OfAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        var description = await DescribeAsync(visitor, cancellationToken);
        var tag = OpenApiText.TagOf(SHA256.HashData([.. Encoding.ASCII.GetBytes(builtIn.Text.Tag), .. description.ToByteArray()]));
        if (_documents.TryGetValue(tag, out var known))
            return known;
        var made = Make(description, tag);
        // One of two hundred objects has some megabytes.
        if (_documents.Count >= MaxDocuments || _documents.Values.Sum(document => (long)document.Bytes.Length) + made.Bytes.Length > MaxBytes)
            _documents.Clear();
        return _documents[tag] = made;
    }

    private async Task<DescribeResourcesResponse> DescribeAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        var client = new ResourcesService.ResourcesServiceClient(sidecar.Invoker);
        var request = new DescribeResourcesRequest { Language = visitor.Language };
        return await client.DescribeResourcesAsync(request, visitor.ToMetadata(), time.GetUtcNow().UtcDateTime + Deadline, cancellationToken);
    }

    private OpenApiText Make(DescribeResourcesResponse description, string tag)
    {
        var document = builtIn.Copy();
        var parts = Array.ConvertAll(Parts, part => part(document));
        foreach (var resource in description.Resources)
        {
            foreach (var part in parts)
                part(resource);
        }

        return BuiltInDocument.TextOf(document) with { Tag = tag };
    }
}
